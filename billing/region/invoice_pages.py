"""The region's pages of invoices: issue a month, credit, remind, the books."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext

from obshto.billing.invoices.errors import NoFormula
from obshto.billing.invoices.issuance import (
    credit_invoice,
    drafts,
    invoice_numbered,
    issue_month,
    notes_to,
)
from obshto.billing.invoices.models import Invoice
from obshto.billing.invoices.parties import issuer
from obshto.billing.invoices.pdf import invoice_pdf, lines_of
from obshto.billing.invoices.remittances import Owed, remind, reminders, standing_of, standings
from obshto.billing.ledger.accounts import REGIONAL, Regional
from obshto.billing.ledger.services import regional_postings, regional_turnovers
from obshto.billing.permissions import CostPermission
from obshto.billing.region.desk import Answer, filled
from obshto.billing.region.forms.plain import CreditForm
from obshto.billing.region.municipality_names import names_here
from obshto.billing.sharing.tariffs import month_of, next_month
from obshto.platform.clock import today
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import private_pdf
from obshto.platform.web.pagination import SIZE, Page, page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

invoicing = Blueprint("invoicing", __name__)
STATES = ("late", "open", "part", "paid", "credited")


@invoicing.get("/")
@requires(CostPermission.SEE)
def index() -> str:
    """All invoices, the last one first; of one state where one is asked for."""
    state = request.args.get("state", "")
    found = [one for some in standings(current_uow()).values() for one in some.invoices]
    found.sort(key=lambda one: one.invoice.number, reverse=True)
    shown = [one for one in found if state not in STATES or one.state(today()) == state]
    return render_template(
        "billing/region_invoices.html",
        page=_page_of(shown),
        state=state if state in STATES else "",
        states=STATES,
        names=names_here(),
        today=today(),
        month=last_month(),
    )


@invoicing.get("/month")
@requires(CostPermission.SEE)
def month() -> str:
    """What would be issued for a month, before it is."""
    asked = _month()
    try:
        found = drafts(current_uow(), asked)
    except NoFormula:
        found = []
    return render_template(
        "billing/region_month.html",
        found=found,
        month=asked,
        before=month_of(date.fromordinal(asked.toordinal() - 1)),
        is_over=next_month(asked) <= today(),
        issuer=issuer(current_uow()),
    )


@invoicing.post("/month")
@requires(CostPermission.RUN)
def issue() -> Answer:
    """Each month once, so a second press finds it done."""
    issue_month(current_uow(), _month())
    return see_other(".index", said="billing.issued")


@invoicing.get("/<int:number>")
@requires(CostPermission.SEE)
def show(number: int) -> str:
    uow = current_uow()
    found = invoice_numbered(uow, number)
    owed = None if found.is_credit else standing_of(uow, found.municipality).of(found)
    return render_template(
        "billing/region_invoice.html",
        invoice=found,
        owed=owed,
        paper_lines=list(lines_of(found)),
        notes=notes_to(uow, found),
        reminded=reminders(uow, [found.id]).get(found.id),
        today=today(),
    )


@invoicing.get("/<int:number>.pdf")
@requires(CostPermission.SEE)
def paper(number: int) -> Response:
    found = invoice_numbered(current_uow(), number)
    return private_pdf(found.written_number, invoice_pdf(current_uow(), found))


@invoicing.route("/<int:number>/credit", methods=["GET", "POST"])
@requires(CostPermission.RUN)
def credit(number: int) -> Answer:
    found, form = invoice_numbered(current_uow(), number), CreditForm()
    if form.validate_on_submit():
        try:
            note = _credited(found, form)
            return see_other(".show", number=note.number, said="billing.credited")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    heading = gettext("Кредитно известие към фактура № %(n)s", n=found.written_number)
    back = url_for(".show", number=number)
    return filled(form, heading=heading, act=gettext("Издайте известието"), back=back)


@invoicing.post("/<int:number>/remind")
@requires(CostPermission.RUN)
def remind_of(number: int) -> Answer:
    remind(current_uow(), invoice_numbered(current_uow(), number))
    return see_other(".show", number=number, said="billing.reminded")


@invoicing.get("/books")
@requires(CostPermission.SEE)
def books() -> str:
    """Every account of the service, whether all fits together, the last postings."""
    uow = current_uow()
    account = REGIONAL.get(request.args.get("account", ""))
    found = regional_turnovers(uow)
    owed = sum(one.owed_cents - one.advance_cents for one in standings(uow).values())
    receivable = next(one.balance for one in found if one.account is Regional.RECEIVABLE)
    return render_template(
        "billing/region_books.html",
        turnovers=found,
        is_whole=sum(one.balance for one in found) == 0 and owed == receivable,
        account=account,
        accounts={one.value: one.label for one in Regional},
        page=paginate(uow.session, regional_postings(account=account), page_number()),
        names=names_here(),
    )


def last_month() -> date:
    """The one whose invoices are due to be issued."""
    return month_of(date.fromordinal(month_of(today()).toordinal() - 1))


def _month() -> date:
    """The one in the address or in the form; the last one for what is no month."""
    try:
        return month_of(date.fromisoformat(request.values.get("month", "")))
    except ValueError:
        return last_month()


def _page_of(found: list[Owed]) -> Page:
    last = max(1, -(-len(found) // SIZE))
    number = min(page_number(), last)
    return Page(found[(number - 1) * SIZE : number * SIZE], number, len(found))


def _credited(found: Invoice, form: CreditForm) -> Invoice:
    return credit_invoice(
        current_uow(),
        found,
        net_cents=form.cents.data,
        reason=form.reason.data.strip(),
        request_id=form.request_id.data,
    )
