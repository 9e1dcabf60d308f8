"""Staff pages of the counter."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.billing.charges.access_log import CASH, look_at_charge
from obshto.billing.charges.lifecycle import charge_of, charge_with_code
from obshto.billing.charges.models import Charge, PaymentMethod
from obshto.billing.counter import services as counter
from obshto.billing.counter.forms import CloseForm, ReverseForm, TakeForm
from obshto.billing.errors import StaleVersion, WrongCode
from obshto.billing.permissions import BillingPermission
from obshto.billing.refunds.services import payment_of, to_pay_out
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import FlaskForm
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("counter", __name__)
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(BillingPermission.CASH)
def index() -> Answer:
    """Find by code; the drawer as it is now."""
    uow, typed, error = current_uow(), request.args.get("code", "")[:40], ""
    if typed:
        try:
            return see_other(".take", charge_id=charge_with_code(uow, typed).id)
        except WrongCode as refusal:
            error = str(refusal)
    page = render_template(
        "billing/counter.html",
        drawer=counter.drawer_of(uow),
        to_pay_out=to_pay_out(uow),
        typed=typed,
        error=error,
    )
    return (page, 422) if error else page


@console.route("/<uuid:charge_id>", methods=["GET", "POST"])
@requires(BillingPermission.CASH)
def take(charge_id: UUID) -> Answer:
    uow = current_uow()
    charge = charge_of(uow, charge_id, to_change=request.method == "POST")
    look_at_charge(uow, charge, CASH)
    form = TakeForm(data={"expected_version": charge.version, "way": PaymentMethod.CASH.value})
    if form.validate_on_submit():
        try:
            payment_id = _taken(charge, form)
            return see_other(".payment", payment_id=payment_id, said="billing.taken")
        except DomainError as refusal:
            _refused(form, refusal, expected_version=charge.version)
    return _filled("billing/counter_take.html", form, charge=charge)


@console.route("/payments/<uuid:payment_id>", methods=["GET", "POST"])
@requires(BillingPermission.CASH)
def payment(payment_id: UUID) -> Answer:
    """The receipt, with the way to undo it while the day is open."""
    uow = current_uow()
    found = payment_of(uow, payment_id, to_change=request.method == "POST")
    look_at_charge(uow, found.charge, CASH)
    form = ReverseForm(data={"expected_version": found.version})
    if form.validate_on_submit():
        try:
            reason = form.reason.data.strip()
            counter.reverse(uow, found, reason=reason, expected_version=form.expected_version.data)
            return see_other(".payment", payment_id=found.id, said="billing.reversed")
        except DomainError as refusal:
            _refused(form, refusal, expected_version=found.version)
    return _filled("billing/counter_payment.html", form, payment=found)


@console.route("/close", methods=["GET", "POST"])
@requires(BillingPermission.CASH)
def close() -> Answer:
    uow = current_uow()
    drawer = counter.drawer_of(uow)
    form = CloseForm(data={"expected": drawer.cash_cents})
    if form.validate_on_submit():
        try:
            closed = _closed(form)
            return see_other(".closed", close_id=closed, said="billing.closed")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected.data = drawer.cash_cents
    return _filled("billing/counter_close.html", form, drawer=drawer)


@console.get("/closes")
@requires(BillingPermission.CASH)
def closes() -> str:
    page = paginate(current_uow().session, counter.closes(), page_number())
    return render_template("billing/counter_closes.html", page=page)


@console.get("/closes/<uuid:close_id>")
@requires(BillingPermission.CASH)
def closed(close_id: UUID) -> str:
    uow = current_uow()
    found = counter.close_of(uow, close_id)
    drawer = counter.drawer_at(uow, found)
    return render_template("billing/counter_closed.html", close=found, drawer=drawer)


def _taken(charge: Charge, form: TakeForm) -> UUID:
    return counter.take(
        current_uow(),
        charge,
        way=PaymentMethod(form.way.data),
        given_cents=form.given.data,
        expected_version=form.expected_version.data,
        request_id=form.request_id.data,
    ).id


def _closed(form: CloseForm) -> UUID:
    expected = form.expected_cents()
    if expected is None:
        raise StaleVersion
    return counter.close_day(
        current_uow(),
        counted_cents=form.counted.data,
        expected_cents=expected,
        note=(form.note.data or "").strip(),
        request_id=form.request_id.data,
    ).id


def _refused(form: TakeForm | ReverseForm, refusal: DomainError, *, expected_version: int) -> None:
    """Told once: who sends again has seen how it is now."""
    form.form_errors.append(str(refusal))
    form.expected_version.data = expected_version


def _filled(template: str, form: FlaskForm, **more: object) -> Answer:
    page = render_template(template, form=form, **more)
    return (page, 422) if form.errors or form.form_errors else page
