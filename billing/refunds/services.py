"""Ask for a refund, decide it, book it."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Select, select

from obshto.billing.charges.making import charge_of
from obshto.billing.charges.models import Charge, Payment, Way
from obshto.billing.charges.settling import account_of, allocate
from obshto.billing.errors import (
    ChangedMeanwhile,
    NoSuchPayment,
    NoSuchRefund,
    NotWaiting,
    OwnRefund,
    TooMuch,
)
from obshto.billing.events import (
    ChargeFact,
    ChargeRefunded,
    RefundApproved,
    RefundAsked,
    RefundFailed,
    RefundRefused,
)
from obshto.billing.gateways.port import Observed
from obshto.billing.ledger.accounts import Account
from obshto.billing.ledger.services import post
from obshto.billing.permissions import BillingPermission
from obshto.billing.refunds.models import Refund, RefundState
from obshto.platform.errors import NotAllowed
from obshto.platform.web.formats import euro
from obshto.platform.work import Principal, Work

SEND = "billing:send-refund"
BY_HAND = frozenset(Way)  # the rest goes back through its gateway


# -- reading ---------------------------------------------------------------------------------


def refunds(state: str | None = None) -> Select[Refund]:
    """Newest first."""
    rows = select(Refund).order_by(Refund.id.desc())
    return rows.where(Refund.state == state) if state else rows


def to_pay_out(work: Work) -> list[Refund]:
    """Those approved whose money waits at the counter, the first first; at most 50."""
    rows = select(Refund).join(Refund.payment).where(Refund.state == RefundState.APPROVED)
    at_counter = rows.where(Payment.way.in_((Way.CASH, Way.POS))).order_by(Refund.id).limit(50)
    return list(work.session.scalars(at_counter))


def refund_of(work: Work, refund_id: UUID, *, to_change: bool = False) -> Refund:
    """Its charge is locked first, as everywhere. Raises NoSuchRefund."""
    found = work.session.get(Refund, refund_id)
    if found is None:
        raise NoSuchRefund
    if to_change:
        charge_of(work, found.charge_id, to_change=True)
        work.session.refresh(found)
        work.session.refresh(found.payment)
    return found


def payment_of(work: Work, payment_id: UUID, *, to_change: bool = False) -> Payment:
    """Its charge is locked first, as everywhere. Raises NoSuchPayment."""
    found = work.session.get(Payment, payment_id)
    if found is None:
        raise NoSuchPayment
    if to_change:
        charge_of(work, found.charge_id, to_change=True)
        work.session.refresh(found)
    return found


def refund_asked(work: Work, request_id: UUID) -> Refund | None:
    """The one that this request has asked for."""
    return work.session.scalar(select(Refund).where(Refund.request_id == request_id))


# -- deciding --------------------------------------------------------------------------------


def ask_refund(
    work: Work, payment: Payment, *, cents: int, reason: str, request_id: UUID
) -> Refund:
    """Somebody wants money to go back; another must approve. The same `request_id` asks once.

    The payment's charge is locked by the caller. Raises TooMuch.
    """
    if found := refund_asked(work, request_id):
        return found
    if not 0 < cents <= payment.left_cents:
        raise TooMuch(sum=euro(payment.left_cents))
    refund = Refund(
        request_id=request_id,
        payment=payment,
        charge_id=payment.charge_id,
        cents=cents,
        reason=reason,
        state=RefundState.ASKED,
        asked_at=work.now,
        asked_by=work.principal.name,
        asked_by_id=work.principal.person_id,
    )
    payment.back_cents += cents
    work.session.add(refund)
    work.session.flush()
    work.record(_told(RefundAsked, refund))
    return refund


def approve_refund(work: Work, refund: Refund, *, seen: int) -> None:
    """The second pair of eyes agrees. Raises OwnRefund, NotWaiting, ChangedMeanwhile."""
    if refund.decided_at and refund.state != RefundState.REFUSED:
        return  # it was, whatever has become of the money since
    _decide(work, refund, seen)
    refund.state = RefundState.APPROVED
    work.record(_told(RefundApproved, refund))
    if refund.payment.way not in BY_HAND:
        work.later(SEND, refund_id=refund.id)


def refuse_refund(work: Work, refund: Refund, *, seen: int) -> None:
    """Nothing goes back. Who asked may refuse too. Raises NotWaiting, ChangedMeanwhile."""
    if refund.state == RefundState.REFUSED:
        return
    _decide(work, refund, seen, by_another=False)
    refund.state = RefundState.REFUSED
    refund.payment.back_cents -= refund.cents
    work.record(_told(RefundRefused, refund))


def pay_out(work: Work, refund: Refund, *, seen: int) -> None:
    """Given into a hand at the counter, or transferred by who may book transfers.

    Raises NotAllowed, NotWaiting, ChangedMeanwhile.
    """
    if not may_pay_out(work.principal, refund):
        raise NotAllowed
    if refund.state == RefundState.DONE:
        return
    if refund.state != RefundState.APPROVED or refund.payment.way not in BY_HAND:
        raise NotWaiting
    if refund.version != seen:
        raise ChangedMeanwhile
    refund.paid_out_by, refund.paid_out_by_id = work.principal.name, work.principal.person_id
    _book(work, refund)


def may_pay_out(by: Principal, refund: Refund) -> bool:
    """Cash and the terminal are the counter's, the bank is the finance office's."""
    is_bank = refund.payment.way == Way.BANK
    return by.may(BillingPermission.BOOK if is_bank else BillingPermission.CASH)


# -- what the provider says ------------------------------------------------------------------


def note_refunded(work: Work, charge: Charge, payment: Payment, seen: Observed) -> None:
    """It has gone back. One that nobody asked for here was made in the provider's own pages."""
    refund = _named(work, seen) or _foreign(work, charge, payment, seen)
    if refund.state in (RefundState.DONE, RefundState.FAILED):
        return
    refund.provider_id = seen.provider_id
    _book(work, refund)


def note_refund_failed(work: Work, charge: Charge, seen: Observed) -> None:
    """It could not go back, or came back to us."""
    refund = _named(work, seen)
    if refund is None or refund.state in (RefundState.FAILED, RefundState.REFUSED):
        return
    if refund.state == RefundState.DONE:
        _book(work, refund, back=True)
    refund.state = RefundState.FAILED
    refund.provider_id = seen.provider_id or refund.provider_id
    refund.payment.back_cents -= refund.cents
    work.record(_told(RefundFailed, refund))


# -- inside ----------------------------------------------------------------------------------


def _decide(work: Work, refund: Refund, seen: int, *, by_another: bool = True) -> None:
    if refund.state != RefundState.ASKED:
        raise NotWaiting
    me = work.principal.person_id
    if by_another and me is not None and me == refund.asked_by_id:
        raise OwnRefund
    if refund.version != seen:
        raise ChangedMeanwhile
    refund.decided_at, refund.decided_by = work.now, work.principal.name
    refund.decided_by_id = me


def _book(work: Work, refund: Refund, *, back: bool = False) -> None:
    """Out of the books; `back` where the money has come back to us."""
    charge = refund.payment.charge
    if not back:
        refund.returned_cents = _returned(charge, refund.cents)
    returned, income = refund.returned_cents, refund.cents - refund.returned_cents
    _post(work, refund, Account.OVERPAID, returned, back=back)
    _post(work, refund, Account.REFUNDS, income, back=back)
    sign = -1 if back else 1
    charge.returned_cents += sign * returned
    charge.refunded_cents += sign * income
    allocate(work, charge)
    if not back:
        refund.state, refund.done_at = RefundState.DONE, work.now
        work.record(_told(ChargeRefunded, refund))


def _returned(charge: Charge, cents: int) -> int:
    """What of it is nobody's income now: all before the charge is paid, else what is overpaid."""
    return min(cents, max(0, charge.overpaid_cents)) if charge.is_paid else cents


def _post(work: Work, refund: Refund, source: Account, cents: int, *, back: bool) -> None:
    way = account_of(refund.payment.way)
    debit, credit = (way, source) if back else (source, way)
    key = f"{'refund-back' if back else 'refund'}:{refund.id}:{source}"
    post(work, key, debit=debit, credit=credit, cents=cents, charge_id=refund.charge_id)


def _named(work: Work, seen: Observed) -> Refund | None:
    if seen.refund_id and (found := work.session.get(Refund, seen.refund_id)):
        return found
    wanted = select(Refund).where(Refund.provider_id == seen.provider_id)
    return work.session.scalar(wanted) if seen.provider_id else None


def _foreign(work: Work, charge: Charge, payment: Payment, seen: Observed) -> Refund:
    cents = seen.cents or payment.cents
    refund = Refund(
        request_id=uuid5(NAMESPACE_URL, seen.provider_id),
        payment=payment,
        charge_id=charge.id,
        cents=cents,
        reason="",
        state=RefundState.APPROVED,
        asked_at=work.now,
        asked_by=work.principal.name,
        decided_at=work.now,
        decided_by=work.principal.name,
        provider_id=seen.provider_id,
    )
    payment.back_cents += cents
    work.session.add(refund)
    work.session.flush()
    return refund


def _told(fact: type[ChargeFact], refund: Refund) -> ChargeFact:
    charge = refund.payment.charge
    return fact(subject_id=charge.id, reference=charge.reference, cents=refund.cents)
