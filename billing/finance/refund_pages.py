"""Staff pages of money that goes back: one asks, another agrees."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.billing.finance.forms import RefundForm
from obshto.billing.labels import REFUNDS
from obshto.billing.permissions import BillingPermission
from obshto.billing.refunds import services as refunds
from obshto.billing.refunds.disputes import disputes as disputes_here
from obshto.billing.refunds.models import Refund
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

refunding = Blueprint("refunds", __name__)
Answer = str | tuple[str, int] | Response
LATELY = timedelta(minutes=15)  # since the second factor was shown, where money leaves


@refunding.get("/")
@requires(BillingPermission.SEE)
def index() -> str:
    chosen = request.args.get("state", "asked")
    chosen = chosen if chosen in REFUNDS else "asked"
    page = paginate(current_uow().session, refunds.refunds(chosen), page_number())
    return render_template("billing/refunds.html", page=page, chosen=chosen)


@refunding.get("/disputes")
@requires(BillingPermission.SEE)
def disputes() -> str:
    page = paginate(current_uow().session, disputes_here(), page_number())
    may_charge = current_principal().may(BillingPermission.CHARGE)
    return render_template("billing/disputes.html", page=page, may_charge=may_charge)


@refunding.route("/of/<uuid:payment_id>", methods=["GET", "POST"])
@requires(BillingPermission.BOOK, max_age=LATELY)
def ask(payment_id: UUID) -> Answer:
    uow = current_uow()
    payment = refunds.payment_of(uow, payment_id, to_change=request.method == "POST")
    form = RefundForm()
    if form.validate_on_submit():
        try:
            refund = refunds.ask_refund(
                uow,
                payment,
                cents=form.cents.data,
                reason=form.reason.data.strip(),
                request_id=form.request_id.data,
            )
            return see_other(".refund", refund_id=refund.id, said="billing.refund-asked")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    page = render_template("billing/refund_ask.html", form=form, payment=payment)
    return (page, 422) if form.errors or form.form_errors else page


@refunding.get("/<uuid:refund_id>")
@requires(BillingPermission.SEE)
def refund(refund_id: UUID) -> str:
    found, me = refunds.refund_of(current_uow(), refund_id), current_principal()
    return render_template(
        "billing/refund.html",
        refund=found,
        is_mine=found.asked_by_id is not None and found.asked_by_id == me.person_id,
        may_approve=me.may(BillingPermission.APPROVE),
        may_pay_out=refunds.may_pay_out(me, found),
        may_charge=me.may(BillingPermission.CHARGE),
        is_by_hand=found.payment.way in refunds.BY_HAND,
    )


@refunding.post("/<uuid:refund_id>/approve")
@requires(BillingPermission.APPROVE, max_age=LATELY)
def approve(refund_id: UUID) -> Response:
    refunds.approve_refund(current_uow(), _to_change(refund_id), expected_version=seen_here())
    return see_other(".refund", refund_id=refund_id, said="billing.refund-approved")


@refunding.post("/<uuid:refund_id>/refuse")
@requires(BillingPermission.APPROVE)
def refuse(refund_id: UUID) -> Response:
    refunds.refuse_refund(current_uow(), _to_change(refund_id), expected_version=seen_here())
    return see_other(".refund", refund_id=refund_id, said="billing.refund-refused")


@refunding.post("/<uuid:refund_id>/pay-out")
@requires(BillingPermission.CASH)
def pay_out(refund_id: UUID) -> Response:
    """Back to where one came from: the counter sees no other refunds."""
    refunds.pay_out(current_uow(), _to_change(refund_id), expected_version=seen_here())
    said = "billing.refund-paid-out"
    if not current_principal().may(BillingPermission.SEE):
        return see_other("billing_console.counter.index", said=said)
    return see_other(".refund", refund_id=refund_id, said=said)


def _to_change(refund_id: UUID) -> Refund:
    return refunds.refund_of(current_uow(), refund_id, to_change=True)
