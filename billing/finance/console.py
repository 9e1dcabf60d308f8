"""Staff pages of charges and payments."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template, request
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as Answered

from obshto.billing.charges import kinds
from obshto.billing.charges.access_log import look_at_charge
from obshto.billing.charges.lifecycle import (
    Wanted,
    attempts_of,
    cancel_charge,
    charge_of,
    make_charge,
)
from obshto.billing.charges.lifecycle import charges as charges_in
from obshto.billing.charges.models import Charge
from obshto.billing.finance import services as finance
from obshto.billing.finance.forms import ChargeForm, TransferForm
from obshto.billing.labels import CHARGES
from obshto.billing.permissions import BillingPermission
from obshto.platform.clock import today
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import FlaskForm, seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.requested_days import days_asked

console = Blueprint("billing_console", __name__)
Answer = str | tuple[str, int] | Answered
LISTS = (*CHARGES, "overpaid")
HEAD = (
    _("Разписка"),
    _("Дата"),
    _("Начин"),
    _("Код за вид плащане"),
    _("За какво"),
    _("Код за плащане"),
    _("Сума"),
    _("Такса на оператора"),
    _("Върнати"),
    _("Сторнирано"),
)


@console.get("/")
@requires(BillingPermission.SEE)
def index() -> str:
    """What waits for somebody, what came today."""
    return render_template("billing/index.html", today=finance.at_a_glance(current_uow()))


@console.get("/charges/")
@requires(BillingPermission.CHARGE)
def charges() -> str:
    chosen = request.args.get("state", "open")
    text = request.args.get("q", "").strip()[:200]
    chosen = chosen if chosen in LISTS else "open"
    rows = charges_in(state=None if text else chosen, text=text)
    page = paginate(current_uow().session, rows, page_number())
    return render_template("billing/charges.html", page=page, chosen=chosen, text=text)


@console.get("/payments/")
@requires(BillingPermission.SEE)
def payments() -> str:
    text = request.args.get("q", "").strip()[:200]
    page = paginate(current_uow().session, finance.payments(text), page_number())
    first, last = days_asked()
    return render_template(
        "billing/payments.html",
        page=page,
        text=text,
        first=first,
        last=last,
        may_charge=current_principal().may(BillingPermission.CHARGE),
    )


@console.get("/payments/payments.csv")
@requires(BillingPermission.SEE)
def payments_file() -> Response:
    """Those of some days, or all that a search finds. Raises TooManyRows."""
    text = request.args.get("q", "").strip()[:200]
    days = None if text and "first" not in request.args else days_asked()
    found = finance.whole(current_uow(), finance.payments(text, days=days))
    return csv_file("payments.csv", HEAD, finance.payment_rows(found))


@console.route("/charges/new", methods=["GET", "POST"])
@requires(BillingPermission.CHARGE)
def new() -> Answer:
    uow, form = current_uow(), ChargeForm()
    form.offer(list(uow.session.scalars(kinds.kinds(active=True))))
    if form.validate_on_submit():
        try:
            return see_other(".charge", charge_id=_made(form).id, said="billing.made")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return _filled("billing/charge_new.html", form)


@console.get("/charges/<uuid:charge_id>")
@requires(BillingPermission.CHARGE)
def charge(charge_id: UUID) -> str:
    uow = current_uow()
    found = charge_of(uow, charge_id)
    look_at_charge(uow, found)
    return render_template(
        "billing/charge.html",
        charge=found,
        payments=finance.payments_of(uow, found),
        attempts=attempts_of(uow, found),
        may_book=current_principal().may(BillingPermission.BOOK),
        may_see=current_principal().may(BillingPermission.SEE),
    )


@console.get("/charges/<uuid:charge_id>/notice")
@requires(BillingPermission.CHARGE)
def notice(charge_id: UUID) -> str:
    """The paper that the payer takes along."""
    uow = current_uow()
    found = charge_of(uow, charge_id)
    look_at_charge(uow, found)
    return render_template("billing/notice.html", charge=found, uow=uow)


@console.get("/charges/<uuid:charge_id>/cancel")
@requires(BillingPermission.CHARGE)
def ask_to_cancel(charge_id: UUID) -> str:
    return render_template("billing/cancel.html", charge=charge_of(current_uow(), charge_id))


@console.post("/charges/<uuid:charge_id>/cancel")
@requires(BillingPermission.CHARGE)
def cancel(charge_id: UUID) -> Answered:
    uow = current_uow()
    cancel_charge(uow, charge_of(uow, charge_id, to_change=True), expected_version=seen_here())
    return see_other(".charge", charge_id=charge_id, said="billing.cancelled")


@console.route("/charges/<uuid:charge_id>/transfer", methods=["GET", "POST"])
@requires(BillingPermission.BOOK)
def transfer(charge_id: UUID) -> Answer:
    uow = current_uow()
    found = charge_of(uow, charge_id, to_change=request.method == "POST")
    form = TransferForm()
    if form.validate_on_submit():
        try:
            _booked(found, form)
            return see_other(".charge", charge_id=charge_id, said="billing.booked")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return _filled("billing/transfer.html", form, charge=found)


def _made(form: ChargeForm) -> Charge:
    uow = current_uow()
    wanted = Wanted(
        reference=f"counter:{form.request_id.data}",
        kind=kinds.kind_of(uow, UUID(form.kind.data)),
        cents=form.cents.data,
        purpose=form.purpose.data.strip(),
        payer=(form.payer.data or "").strip() or None,
    )
    return make_charge(uow, wanted)


def _booked(charge: Charge, form: TransferForm) -> None:
    finance.book_transfer(
        current_uow(),
        charge,
        cents=form.cents.data,
        reference=form.reference.data.strip(),
        received_on=form.received_on.data or today(),  # the form has asked for it
    )


def _filled(template: str, form: FlaskForm, **more: object) -> Answer:
    page = render_template(template, form=form, **more)
    return (page, 422) if form.errors or form.form_errors else page
