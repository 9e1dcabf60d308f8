"""Ask for a refund, decide it, book it."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Select, select

from obshto.billing.charges.lifecycle import charge_of
from obshto.billing.charges.models import Charge, Payment, PaymentMethod
from obshto.billing.charges.settlement import account_of, allocate
from obshto.billing.errors import (
    NoSuchPayment,
    NoSuchRefund,
    NotWaiting,
    OwnRefund,
    StaleVersion,
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
from obshto.platform.entity import expect_version, of_request
from obshto.platform.errors import NotAllowed
from obshto.platform.unit_of_work import Principal, UnitOfWork
from obshto.platform.web.formats import euro

SEND = "billing:send-refund"
BY_HAND = frozenset(PaymentMethod)  # the rest goes back through its gateway


# -- reading ---------------------------------------------------------------------------------


def refunds(state: str | None = None) -> Select[Refund]:
    """Newest first."""
    rows = select(Refund).order_by(Refund.id.desc())
    return rows.where(Refund.state == state) if state else rows


def to_pay_out(uow: UnitOfWork) -> list[Refund]:
    """Those approved whose money waits at the counter, the first first; at most 50."""
    rows = select(Refund).join(Refund.payment).where(Refund.state == RefundState.APPROVED)
    at_counter = (
        rows.where(Payment.way.in_((PaymentMethod.CASH, PaymentMethod.POS)))
        .order_by(Refund.id)
        .limit(50)
    )
    return list(uow.session.scalars(at_counter))


def refund_of(uow: UnitOfWork, refund_id: UUID, *, to_change: bool = False) -> Refund:
    """Its charge is locked first, as everywhere. Raises NoSuchRefund."""
    found = uow.session.get(Refund, refund_id)
    if found is None:
        raise NoSuchRefund
    if to_change:
        charge_of(uow, found.charge_id, to_change=True)
        uow.session.refresh(found)
        uow.session.refresh(found.payment)
    return found


def payment_of(uow: UnitOfWork, payment_id: UUID, *, to_change: bool = False) -> Payment:
    """Its charge is locked first, as everywhere. Raises NoSuchPayment."""
    found = uow.session.get(Payment, payment_id)
    if found is None:
        raise NoSuchPayment
    if to_change:
        charge_of(uow, found.charge_id, to_change=True)
        uow.session.refresh(found)
    return found


def refund_asked(uow: UnitOfWork, request_id: UUID) -> Refund | None:
    """The one that this request has asked for."""
    return of_request(uow, Refund, request_id)


# -- deciding --------------------------------------------------------------------------------


def ask_refund(
    uow: UnitOfWork, payment: Payment, *, cents: int, reason: str, request_id: UUID
) -> Refund:
    """Somebody wants money to go back; another must approve. The same `request_id` asks once.

    The payment's charge is locked by the caller. Raises TooMuch.
    """
    if found := refund_asked(uow, request_id):
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
        asked_at=uow.now,
        asked_by=uow.principal.name,
        asked_by_id=uow.principal.person_id,
    )
    payment.back_cents += cents
    uow.session.add(refund)
    uow.session.flush()
    uow.emit(_told(RefundAsked, refund))
    return refund


def approve_refund(uow: UnitOfWork, refund: Refund, *, expected_version: int) -> None:
    """The second pair of eyes agrees. Raises OwnRefund, NotWaiting, StaleVersion."""
    if refund.decided_at and refund.state != RefundState.REFUSED:
        return  # it was, whatever has become of the money since
    _decide(uow, refund, expected_version)
    refund.state = RefundState.APPROVED
    uow.emit(_told(RefundApproved, refund))
    if refund.payment.way not in BY_HAND:
        uow.defer(SEND, refund_id=refund.id)


def refuse_refund(uow: UnitOfWork, refund: Refund, *, expected_version: int) -> None:
    """Nothing goes back. Who asked may refuse too. Raises NotWaiting, StaleVersion."""
    if refund.state == RefundState.REFUSED:
        return
    _decide(uow, refund, expected_version, by_another=False)
    refund.state = RefundState.REFUSED
    refund.payment.back_cents -= refund.cents
    uow.emit(_told(RefundRefused, refund))


def pay_out(uow: UnitOfWork, refund: Refund, *, expected_version: int) -> None:
    """Given into a hand at the counter, or transferred by who may book transfers.

    Raises NotAllowed, NotWaiting, StaleVersion.
    """
    if not may_pay_out(uow.principal, refund):
        raise NotAllowed
    if refund.state == RefundState.DONE:
        return
    if refund.state != RefundState.APPROVED or refund.payment.way not in BY_HAND:
        raise NotWaiting
    expect_version(refund, expected_version, StaleVersion)
    refund.paid_out_by, refund.paid_out_by_id = uow.principal.name, uow.principal.person_id
    _book(uow, refund)


def may_pay_out(by: Principal, refund: Refund) -> bool:
    """Cash and the terminal are the counter's, the bank is the finance office's."""
    is_bank = refund.payment.way == PaymentMethod.BANK
    return by.may(BillingPermission.BOOK if is_bank else BillingPermission.CASH)


# -- what the provider says ------------------------------------------------------------------


def note_refunded(
    uow: UnitOfWork, charge: Charge, payment: Payment, expected_version: Observed
) -> None:
    """It has gone back. One that nobody asked for here was made in the provider's own pages."""
    refund = _named(uow, expected_version) or _foreign(uow, charge, payment, expected_version)
    if refund.state in (RefundState.DONE, RefundState.FAILED):
        return
    refund.provider_id = expected_version.provider_id
    _book(uow, refund)


def note_refund_failed(uow: UnitOfWork, charge: Charge, expected_version: Observed) -> None:
    """It could not go back, or came back to us."""
    refund = _named(uow, expected_version)
    if refund is None or refund.state in (RefundState.FAILED, RefundState.REFUSED):
        return
    if refund.state == RefundState.DONE:
        _book(uow, refund, back=True)
    refund.state = RefundState.FAILED
    refund.provider_id = expected_version.provider_id or refund.provider_id
    refund.payment.back_cents -= refund.cents
    uow.emit(_told(RefundFailed, refund))


# -- inside ----------------------------------------------------------------------------------


def _decide(
    uow: UnitOfWork, refund: Refund, expected_version: int, *, by_another: bool = True
) -> None:
    if refund.state != RefundState.ASKED:
        raise NotWaiting
    me = uow.principal.person_id
    if by_another and me is not None and me == refund.asked_by_id:
        raise OwnRefund
    expect_version(refund, expected_version, StaleVersion)
    refund.decided_at, refund.decided_by = uow.now, uow.principal.name
    refund.decided_by_id = me


def _book(uow: UnitOfWork, refund: Refund, *, back: bool = False) -> None:
    """Out of the books; `back` where the money has come back to us."""
    charge = refund.payment.charge
    if not back:
        refund.returned_cents = _returned(charge, refund.cents)
    returned, income = refund.returned_cents, refund.cents - refund.returned_cents
    _post(uow, refund, Account.OVERPAID, returned, back=back)
    _post(uow, refund, Account.REFUNDS, income, back=back)
    sign = -1 if back else 1
    charge.returned_cents += sign * returned
    charge.refunded_cents += sign * income
    allocate(uow, charge)
    if not back:
        refund.state, refund.done_at = RefundState.DONE, uow.now
        uow.emit(_told(ChargeRefunded, refund))


def _returned(charge: Charge, cents: int) -> int:
    """What of it is nobody's income now: all before the charge is paid, else what is overpaid."""
    return min(cents, max(0, charge.overpaid_cents)) if charge.is_paid else cents


def _post(uow: UnitOfWork, refund: Refund, source: Account, cents: int, *, back: bool) -> None:
    way = account_of(refund.payment.way)
    debit, credit = (way, source) if back else (source, way)
    key = f"{'refund-back' if back else 'refund'}:{refund.id}:{source}"
    post(uow, key, debit=debit, credit=credit, cents=cents, charge_id=refund.charge_id)


def _named(uow: UnitOfWork, expected_version: Observed) -> Refund | None:
    if expected_version.refund_id and (
        found := uow.session.get(Refund, expected_version.refund_id)
    ):
        return found
    wanted = select(Refund).where(Refund.provider_id == expected_version.provider_id)
    return uow.session.scalar(wanted) if expected_version.provider_id else None


def _foreign(
    uow: UnitOfWork, charge: Charge, payment: Payment, expected_version: Observed
) -> Refund:
    cents = expected_version.cents or payment.cents
    refund = Refund(
        request_id=uuid5(NAMESPACE_URL, expected_version.provider_id),
        payment=payment,
        charge_id=charge.id,
        cents=cents,
        reason="",
        state=RefundState.APPROVED,
        asked_at=uow.now,
        asked_by=uow.principal.name,
        decided_at=uow.now,
        decided_by=uow.principal.name,
        provider_id=expected_version.provider_id,
    )
    payment.back_cents += cents
    uow.session.add(refund)
    uow.session.flush()
    return refund


def _told(fact: type[ChargeFact], refund: Refund) -> ChargeFact:
    charge = refund.payment.charge
    return fact(subject_id=charge.id, reference=charge.reference, cents=refund.cents)
