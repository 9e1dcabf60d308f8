"""Take money at the counter, undo a mistake, close the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, text, update
from sqlalchemy.orm import InstrumentedAttribute

from obshto.billing.charges.fresh import fresh
from obshto.billing.charges.models import Charge, Payment, State, Way
from obshto.billing.charges.settling import Money, account_of, payment_named, receive, take_away
from obshto.billing.counter.models import Close
from obshto.billing.errors import (
    AlreadyPaid,
    Cancelled,
    ChangedMeanwhile,
    DayIsClosed,
    ExplainTheDifference,
    NoSuchPayment,
    NothingToClose,
    NotTakenHere,
    TooLittle,
)
from obshto.billing.events import DayClosed, PaymentReversed
from obshto.billing.ledger.accounts import Account
from obshto.billing.ledger.services import post
from obshto.billing.refunds.models import Refund, RefundState
from obshto.platform.web.formats import euro
from obshto.platform.work import Work

AT_COUNTER = (Way.CASH, Way.POS)
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
        return self._of(Way.CASH)

    @property
    def pos_cents(self) -> int:
        """What the card terminal must show."""
        return self._of(Way.POS)

    @property
    def is_empty(self) -> bool:
        return not (self.payments or self.refunds)

    def _of(self, way: Way) -> int:
        taken = sum(p.cents for p in self.payments if p.way == way and p.reversed_at is None)
        return taken - sum(r.cents for r in self.refunds if r.payment.way == way)


def take(
    work: Work,
    charge: Charge,
    *,
    way: Way,
    given_cents: int | None,
    seen: int,
    request_id: UUID,
) -> Payment:
    """All that is owed, in cash or by the card terminal. The same `request_id` takes it once.

    The charge is locked by the caller. `given_cents` is what was laid on the table. Raises
    AlreadyPaid, Cancelled, ChangedMeanwhile, TooLittle.
    """
    if found := _taken_before(work, request_id):
        return found
    if charge.state == State.CANCELLED:
        raise Cancelled
    if charge.owed_cents == 0:
        raise AlreadyPaid
    if charge.version != seen:
        raise ChangedMeanwhile
    given = given_cents if way is Way.CASH else None
    if given is not None and given < charge.owed_cents:
        raise TooLittle(sum=euro(charge.owed_cents))
    _take_turn(work)
    money = Money(way=way, provider_id=str(request_id), cents=charge.owed_cents, given_cents=given)
    return receive(work, charge, money)


def reverse(work: Work, payment: Payment, *, reason: str, seen: int) -> None:
    """Taken by mistake: the money goes back over the table, the charge is owed again.

    Its charge is locked by the caller. Raises NotTakenHere, DayIsClosed, ChangedMeanwhile.
    """
    if payment.reversed_at:
        return
    if payment.way not in AT_COUNTER:
        raise NotTakenHere
    _take_turn(work, payment.taken_by_id)
    work.session.refresh(payment)
    if payment.close_id:
        raise DayIsClosed
    if payment.version != seen or payment.back_cents:
        raise ChangedMeanwhile
    payment.reversed_at, payment.reversed_because = work.now, reason
    charge = payment.charge
    post(
        work,
        f"reverse:{payment.id}",
        debit=Account.OVERPAID,
        credit=account_of(payment.way),
        cents=payment.cents,
        charge_id=charge.id,
    )
    fact = PaymentReversed(subject_id=charge.id, reference=charge.reference, cents=payment.cents)
    work.record(fact)
    take_away(work, charge, payment.cents)


def drawer_of(work: Work) -> Drawer:
    """The drawer of whoever asks, as it is now: whoever closes it has read it before its turn."""
    taken = (
        select(Payment)
        .where(_mine(work, Payment.taken_by_id), Payment.close_id.is_(None))
        .where(Payment.way.in_(AT_COUNTER))
        .order_by(Payment.number.desc())
    )
    paid_out = (
        select(Refund)
        .join(Refund.payment)
        .where(_mine(work, Refund.paid_out_by_id), Refund.close_id.is_(None))
        .where(Refund.state == RefundState.DONE, Refund.paid_out_by.is_not(None))
        .where(Payment.way.in_(AT_COUNTER))
    )
    return Drawer(
        payments=list(work.session.scalars(fresh(taken))),
        refunds=list(work.session.scalars(fresh(paid_out))),
    )


def close_day(
    work: Work, *, counted_cents: int, expected_cents: int, note: str, request_id: UUID
) -> Close:
    """Book the difference, hand over what was counted. The same `request_id` closes once.

    `expected_cents` is what the page showed. Raises NothingToClose, ChangedMeanwhile,
    ExplainTheDifference.
    """
    _take_turn(work)
    if found := work.session.scalar(select(Close).where(Close.request_id == request_id)):
        return found
    drawer = drawer_of(work)
    if drawer.is_empty:
        raise NothingToClose
    if drawer.cash_cents != expected_cents:
        raise ChangedMeanwhile
    close = Close(
        request_id=request_id,
        closed_at=work.now,
        closed_by=work.principal.name,
        closed_by_id=work.principal.person_id,
        expected_cents=drawer.cash_cents,
        counted_cents=counted_cents,
        pos_cents=drawer.pos_cents,
        note=note,
    )
    if close.difference_cents and not note:
        raise ExplainTheDifference(sum=euro(abs(close.difference_cents)))
    work.session.add(close)
    work.session.flush()
    _mark(work, drawer, close)
    _book(work, close)
    work.record(DayClosed(subject_id=close.id, difference=close.difference_cents))
    return close


def closes() -> Select[Close]:
    """Newest first."""
    return select(Close).order_by(Close.id.desc())


def close_of(work: Work, close_id: UUID) -> Close:
    """Raises NoSuchPayment."""
    found = work.session.get(Close, close_id)
    if found is None:
        raise NoSuchPayment
    return found


def drawer_at(work: Work, close: Close) -> Drawer:
    """What was closed then."""
    taken = select(Payment).where(Payment.close_id == close.id).order_by(Payment.number)
    paid_out = select(Refund).where(Refund.close_id == close.id).order_by(Refund.id)
    return Drawer(
        payments=list(work.session.scalars(taken)), refunds=list(work.session.scalars(paid_out))
    )


def _taken_before(work: Work, request_id: UUID) -> Payment | None:
    found = (payment_named(work, way, str(request_id)) for way in AT_COUNTER)
    return next(filter(None, found), None)


def _take_turn(work: Work, whose: UUID | None = None) -> None:
    assert work.scope
    person = whose or work.principal.person_id
    work.session.execute(TURN, {"whose": f"{work.scope.schema}/{person}"})


def _mine(work: Work, column: InstrumentedAttribute[UUID | None]) -> ColumnElement[bool]:
    me = work.principal.person_id
    return column.is_(None) if me is None else column == me


def _mark(work: Work, drawer: Drawer, close: Close) -> None:
    """In two statements, whatever the number; past the versions, which no form has seen."""
    for model, rows in ((Payment, drawer.payments), (Refund, drawer.refunds)):
        ids = [row.id for row in rows]
        statement = update(model).where(model.id.in_(ids)).values(close_id=close.id)
        work.session.execute(statement)


def _book(work: Work, close: Close) -> None:
    """The drawer is empty afterwards: what was lent to it, the difference, what is handed over."""
    surplus = close.difference_cents
    _move(work, f"lent:{close.id}", Account.CASH, Account.HANDED_OVER, close.lent_cents)
    ways = (Account.CASH, Account.DIFFERENCE)
    debit, credit = ways if surplus > 0 else reversed(ways)
    _move(work, f"difference:{close.id}", debit, credit, abs(surplus))
    _move(work, f"hand-over:{close.id}", Account.HANDED_OVER, Account.CASH, close.counted_cents)


def _move(work: Work, key: str, debit: Account, credit: Account, cents: int) -> None:
    post(work, key, debit=debit, credit=credit, cents=cents, charge_id=None)
