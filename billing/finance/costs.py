"""Staff pages of what the municipality itself pays for the portal."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template

from obshto.billing.collecting.collection_choice import to_pay_there
from obshto.billing.invoices.issuance import PERCENT, invoice_numbered, percent_of
from obshto.billing.invoices.parties import issuer
from obshto.billing.invoices.pdf import invoice_pdf
from obshto.billing.invoices.remittances import standing_of
from obshto.billing.permissions import BillingPermission
from obshto.billing.sharing.cost_view import costs_now
from obshto.billing.sharing.members import all_titles
from obshto.billing.sharing.rounding import rounded
from obshto.platform.clock import today
from obshto.platform.unit_of_work import open_uow
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import private_pdf
from obshto.platform.web.request_uow import current_principal
from obshto.tenants.api import current_municipality

costs = Blueprint("costs", __name__)
SWITCH = "tenants:switch.change"  # a word of the room below, known as a word only


@costs.get("/")
@requires(BillingPermission.COSTS)
def index() -> str:
    """The plan, this month's cost with its numbers, what the others pay, the invoices."""
    here = current_municipality() or abort(404)
    with open_uow(None, current_principal()) as region:
        shown = costs_now(region, here.slug)
        standing = standing_of(region, here.slug)
        to_pay = to_pay_there(region, here.slug)
        percent = percent_of(issuer(region))
    return render_template(
        "billing/costs.html",
        costs=shown,
        standing=standing,
        to_pay=to_pay,
        percent=percent,
        vat_cents=rounded(shown.cents, percent, PERCENT) if shown else 0,
        titles=all_titles(),
        may_switch=SWITCH in current_principal().permissions,
        today=today(),
    )


@costs.get("/<int:number>.pdf")
@requires(BillingPermission.COSTS)
def paper(number: int) -> Response:
    """An invoice or a credit note of this municipality; those of others do not exist here."""
    here = current_municipality() or abort(404)
    with open_uow(None, current_principal()) as region:
        found = invoice_numbered(region, number)
        if found.municipality != here.slug:
            abort(404)
        body = invoice_pdf(region, found)
    return private_pdf(found.written_number, body)
