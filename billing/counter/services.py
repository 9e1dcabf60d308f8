"""Take money at the counter, undo a mistake, close the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, text, update
from sqlalchemy.orm import InstrumentedAttribute

from obshto.billing.charges.fresh_rows import fresh
from obshto.billing.charges.models import Charge, Payment, PaymentMethod, State
from obshto.billing.charges.settlement import Money, payment_named, receive, reverse_payment
from obshto.billing.counter.models import Close
from obshto.billing.errors import (
    AlreadyPaid,
    Cancelled,
    DayIsClosed,
    ExplainTheDifference,
    NoSuchPayment,
    NothingToClose,
    NotTakenHere,
    StaleVersion,
    TooLittle,
)
from obshto.billing.events import DayClosed
from obshto.billing.ledger.accounts import Account
from obshto.billing.ledger.services import post
from obshto.billing.refunds.models import Refund, RefundState
from obshto.platform.entity import expect_version, of_request
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import euro

AT_COUNTER = (PaymentMethod.CASH, PaymentMethod.POS)
# One drawer is one person's: their own payments and their closing come one after the other.
TURN = text("SELECT pg_advisory_xact_lock(hashtext('billing drawer'), hashtext(:whose))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """What a cashier has taken and paid out since they last closed. Sums are cents."""

    payments: list[Payment] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)

    @property
    def cash_cents(self) -> int:
        """What must lie in the drawer."""
        return self._of(PaymentMethod.CASH)

    @property
    def pos_cents(self) -> int:
        """What the card terminal must show."""
        return self._of(PaymentMethod.POS)

    @property
    def is_empty(self) -> bool:
        return not (self.payments or self.refunds)

    def _of(self, way: PaymentMethod) -> int:
        taken = sum(p.cents for p in self.payments if p.way == way and p.reversed_at is None)
        return taken - sum(r.cents for r in self.refunds if r.payment.way == way)


def take(
    uow: UnitOfWork,
    charge: Charge,
    *,
    way: PaymentMethod,
    given_cents: int | None,
    expected_version: int,
    request_id: UUID,
) -> Payment:
    """All that is owed, in cash or by the card terminal. The same `request_id` takes it once.

    The charge is locked by the caller. `given_cents` is what was laid on the table. Raises
    AlreadyPaid, Cancelled, StaleVersion, TooLittle.
    """
    if found := _taken_before(uow, request_id):
        return found
    if charge.state == State.CANCELLED:
        raise Cancelled
    if charge.owed_cents == 0:
        raise AlreadyPaid
    expect_version(charge, expected_version, StaleVersion)
    given = given_cents if way is PaymentMethod.CASH else None
    if given is not None and given < charge.owed_cents:
        raise TooLittle(sum=euro(charge.owed_cents))
    _take_turn(uow)
    money = Money(way=way, provider_id=str(request_id), cents=charge.owed_cents, given_cents=given)
    return receive(uow, charge, money)


def reverse(uow: UnitOfWork, payment: Payment, *, reason: str, expected_version: int) -> None:
    """Taken by mistake: the money goes back over the table, the charge is owed again.

    Its charge is locked by the caller. Raises NotTakenHere, DayIsClosed, StaleVersion.
    """
    if payment.reversed_at:
        return
    if payment.way not in AT_COUNTER:
        raise NotTakenHere
    _take_turn(uow, payment.taken_by_id)
    uow.session.refresh(payment)
    if payment.close_id:
        raise DayIsClosed
    if payment.version != expected_version or payment.back_cents:
        raise StaleVersion
    reverse_payment(uow, payment, reason=reason)


def drawer_of(uow: UnitOfWork) -> Drawer:
    """The drawer of whoever asks, as it is now: whoever closes it has read it before its turn."""
    taken = (
        select(Payment)
        .where(_mine(uow, Payment.taken_by_id), Payment.close_id.is_(None))
        .where(Payment.way.in_(AT_COUNTER))
        .order_by(Payment.number.desc())
    )
    paid_out = (
        select(Refund)
        .join(Refund.payment)
        .where(_mine(uow, Refund.paid_out_by_id), Refund.close_id.is_(None))
        .where(Refund.state == RefundState.DONE, Refund.paid_out_by.is_not(None))
        .where(Payment.way.in_(AT_COUNTER))
    )
    return Drawer(
        payments=list(uow.session.scalars(fresh(taken))),
        refunds=list(uow.session.scalars(fresh(paid_out))),
    )


def close_day(
    uow: UnitOfWork, *, counted_cents: int, expected_cents: int, note: str, request_id: UUID
) -> Close:
    """Book the difference, hand over what was counted. The same `request_id` closes once.

    `expected_cents` is what the page showed. Raises NothingToClose, StaleVersion,
    ExplainTheDifference.
    """
    _take_turn(uow)
    if found := of_request(uow, Close, request_id):
        return found
    drawer = drawer_of(uow)
    if drawer.is_empty:
        raise NothingToClose
    if drawer.cash_cents != expected_cents:
        raise StaleVersion
    close = Close(
        request_id=request_id,
        closed_at=uow.now,
        closed_by=uow.principal.name,
        closed_by_id=uow.principal.person_id,
        expected_cents=drawer.cash_cents,
        counted_cents=counted_cents,
        pos_cents=drawer.pos_cents,
        note=note,
    )
    if close.difference_cents and not note:
        raise ExplainTheDifference(sum=euro(abs(close.difference_cents)))
    uow.session.add(close)
    uow.session.flush()
    _mark(uow, drawer, close)
    _book(uow, close)
    uow.emit(DayClosed(subject_id=close.id, difference=close.difference_cents))
    return close


def closes() -> Select[Close]:
    """Newest first."""
    return select(Close).order_by(Close.id.desc())


def close_of(uow: UnitOfWork, close_id: UUID) -> Close:
    """Raises NoSuchPayment."""
    found = uow.session.get(Close, close_id)
    if found is None:
        raise NoSuchPayment
    return found


def drawer_at(uow: UnitOfWork, close: Close) -> Drawer:
    """What was closed then."""
    taken = select(Payment).where(Payment.close_id == close.id).order_by(Payment.number)
    paid_out = select(Refund).where(Refund.close_id == close.id).order_by(Refund.id)
    return Drawer(
        payments=list(uow.session.scalars(taken)), refunds=list(uow.session.scalars(paid_out))
    )


def _taken_before(uow: UnitOfWork, request_id: UUID) -> Payment | None:
    found = (payment_named(uow, way, str(request_id)) for way in AT_COUNTER)
    return next(filter(None, found), None)


def _take_turn(uow: UnitOfWork, whose: UUID | None = None) -> None:
    person = whose or uow.principal.person_id
    uow.session.execute(TURN, {"whose": f"{uow.scope.schema}/{person}"})


def _mine(uow: UnitOfWork, column: InstrumentedAttribute[UUID | None]) -> ColumnElement[bool]:
    me = uow.principal.person_id
    return column.is_(None) if me is None else column == me


def _mark(uow: UnitOfWork, drawer: Drawer, close: Close) -> None:
    """In two statements, whatever the number; past the versions, which no form has seen."""
    for model, rows in ((Payment, drawer.payments), (Refund, drawer.refunds)):
        ids = [row.id for row in rows]
        statement = update(model).where(model.id.in_(ids)).values(close_id=close.id)
        uow.session.execute(statement)


def _book(uow: UnitOfWork, close: Close) -> None:
    """The drawer is empty afterwards: what was lent to it, the difference, what is handed over."""
    surplus = close.difference_cents
    _move(uow, f"lent:{close.id}", Account.CASH, Account.HANDED_OVER, close.lent_cents)
    ways = (Account.CASH, Account.DIFFERENCE)
    debit, credit = ways if surplus > 0 else reversed(ways)
    _move(uow, f"difference:{close.id}", debit, credit, abs(surplus))
    _move(uow, f"hand-over:{close.id}", Account.HANDED_OVER, Account.CASH, close.counted_cents)


def _move(uow: UnitOfWork, key: str, debit: Account, credit: Account, cents: int) -> None:
    post(uow, key, debit=debit, credit=credit, cents=cents, charge_id=None)
