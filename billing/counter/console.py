"""Staff pages of the counter."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.billing.charges.making import charge_of, charge_with_code
from obshto.billing.charges.models import Charge, Way
from obshto.billing.counter import services as counter
from obshto.billing.counter.forms import CloseForm, ReverseForm, TakeForm
from obshto.billing.errors import ChangedMeanwhile, WrongCode
from obshto.billing.permissions import BillingPermission
from obshto.billing.refunds.services import payment_of, to_pay_out
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import FlaskForm
from obshto.platform.web.moves import see_other
from obshto.platform.web.paging import page_number, paginate

console = Blueprint("counter", __name__)
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(BillingPermission.CASH)
def index() -> Answer:
    """Find by code; the drawer as it is now."""
    work, typed, error = current_work(), request.args.get("code", "")[:40], ""
    if typed:
        try:
            return see_other(".take", charge_id=charge_with_code(work, typed).id)
        except WrongCode as refusal:
            error = str(refusal)
    page = render_template(
        "billing/counter.html",
        drawer=counter.drawer_of(work),
        to_pay_out=to_pay_out(work),
        typed=typed,
        error=error,
    )
    return (page, 422) if error else page


@console.route("/<uuid:charge_id>", methods=["GET", "POST"])
@requires(BillingPermission.CASH)
def take(charge_id: UUID) -> Answer:
    work = current_work()
    charge = charge_of(work, charge_id, to_change=request.method == "POST")
    form = TakeForm(data={"seen": charge.version, "way": Way.CASH.value})
    if form.validate_on_submit():
        try:
            payment_id = _taken(charge, form)
            return see_other(".payment", payment_id=payment_id, said="billing.taken")
        except DomainError as refusal:
            _refused(form, refusal, seen=charge.version)
    return _filled("billing/counter_take.html", form, charge=charge)


@console.route("/payments/<uuid:payment_id>", methods=["GET", "POST"])
@requires(BillingPermission.CASH)
def payment(payment_id: UUID) -> Answer:
    """The receipt, with the way to undo it while the day is open."""
    work = current_work()
    found = payment_of(work, payment_id, to_change=request.method == "POST")
    form = ReverseForm(data={"seen": found.version})
    if form.validate_on_submit():
        try:
            reason = form.reason.data.strip()
            counter.reverse(work, found, reason=reason, seen=form.seen.data)
            return see_other(".payment", payment_id=found.id, said="billing.reversed")
        except DomainError as refusal:
            _refused(form, refusal, seen=found.version)
    return _filled("billing/counter_payment.html", form, payment=found)


@console.route("/close", methods=["GET", "POST"])
@requires(BillingPermission.CASH)
def close() -> Answer:
    work = current_work()
    drawer = counter.drawer_of(work)
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
    page = paginate(current_work().session, counter.closes(), page_number())
    return render_template("billing/counter_closes.html", page=page)


@console.get("/closes/<uuid:close_id>")
@requires(BillingPermission.CASH)
def closed(close_id: UUID) -> str:
    work = current_work()
    found = counter.close_of(work, close_id)
    drawer = counter.drawer_at(work, found)
    return render_template("billing/counter_closed.html", close=found, drawer=drawer)


def _taken(charge: Charge, form: TakeForm) -> UUID:
    return counter.take(
        current_work(),
        charge,
        way=Way(form.way.data),
        given_cents=form.given.data,
        seen=form.seen.data,
        request_id=form.request_id.data,
    ).id


def _closed(form: CloseForm) -> UUID:
    expected = form.expected_cents()
    if expected is None:
        raise ChangedMeanwhile
    return counter.close_day(
        current_work(),
        counted_cents=form.counted.data,
        expected_cents=expected,
        note=(form.note.data or "").strip(),
        request_id=form.request_id.data,
    ).id


def _refused(form: TakeForm | ReverseForm, refusal: DomainError, *, seen: int) -> None:
    """Told once: who sends again has seen how it is now."""
    form.form_errors.append(str(refusal))
    form.seen.data = seen


def _filled(template: str, form: FlaskForm, **more: object) -> Answer:
    page = render_template(template, form=form, **more)
    return (page, 422) if form.errors or form.form_errors else page
