"""Lists of money for the finance office, transfers that came by the bank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import contains_eager

from obshto.billing.charges.models import Charge, Payment, PaymentMethod, State
from obshto.billing.charges.settlement import Money, receive
from obshto.billing.errors import TooManyRows
from obshto.billing.labels import way_of
from obshto.billing.ledger.accounts import NAMED
from obshto.billing.ledger.models import Posting
from obshto.billing.permissions import BillingPermission
from obshto.billing.refunds.models import Dispute, DisputeState, Refund, RefundState
from obshto.platform.amounts import typed_as
from obshto.platform.clock import today
from obshto.platform.codes import read_code, written_code
from obshto.platform.unit_of_work import UnitOfWork

MOST_ROWS = 10_000  # of one file; who needs more chooses days
T = TypeVar("T")


def whole(uow: UnitOfWork, wanted: Select[T]) -> Sequence[T]:
    """All of it, for a file. Raises TooManyRows."""
    found = uow.session.scalars(wanted.limit(MOST_ROWS + 1)).all()
    if len(found) > MOST_ROWS:
        raise TooManyRows(n=MOST_ROWS)
    return found


def payments(text: str = "", *, days: tuple[date, date] | None = None) -> Select[Payment]:
    """Newest first. `text` is the number of a receipt, a code, or words of the purpose.

    `days` are the first and the last on which the money came.
    """
    rows = (
        select(Payment)
        .join(Payment.charge)
        .options(contains_eager(Payment.charge))
        .order_by(Payment.number.desc())
    )
    rows = rows.where(Payment.received_on.between(*days)) if days else rows
    if code := read_code(text):
        return rows.where(Charge.code == code)
    if text.isascii() and text.isdigit() and len(text) < 10:
        return rows.where(Payment.number == int(text))
    return rows.where(Charge.purpose.icontains(text, autoescape=True)) if text else rows


def payments_of(uow: UnitOfWork, charge: Charge) -> list[Payment]:
    """What came for it, the first first."""
    rows = select(Payment).where(Payment.charge_id == charge.id).order_by(Payment.number)
    return list(uow.session.scalars(rows))


def book_transfer(
    uow: UnitOfWork, charge: Charge, *, cents: int, reference: str, received_on: date
) -> Payment:
    """A line of the bank's statement, booked once for each `reference`.

    What is not owed is overpaid. The charge is locked by the caller. Raises UsedOtherwise.
    """
    money = Money(
        way=PaymentMethod.BANK, provider_id=reference, cents=cents, received_on=received_on
    )
    return receive(uow, charge, money)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What the finance office sees first. Sums are cents, the rest is counted."""

    received_cents: int
    owed_cents: int
    to_approve: int
    to_pay_out: int
    overpaid: int
    disputed: int
    may_charge: bool


def at_a_glance(uow: UnitOfWork) -> Glance:
    """One query for all of it."""
    left = Charge.received_cents - Charge.returned_cents - Charge.settled_cents
    is_today = (Payment.received_on == today(), Payment.reversed_at.is_(None))
    row = uow.session.execute(
        select(
            select(func.coalesce(func.sum(Payment.cents), 0)).where(*is_today).scalar_subquery(),
            _owed().scalar_subquery(),
            _number(Refund, Refund.state == RefundState.ASKED),
            _number(Refund, Refund.state == RefundState.APPROVED),
            _number(Charge, left > 0),
            _number(Dispute, Dispute.state == DisputeState.OPEN),
        )
    ).one()
    received, owed, asked, approved, overpaid, disputed = map(int, row)
    return Glance(
        received_cents=received,
        owed_cents=owed,
        to_approve=asked,
        to_pay_out=approved,
        overpaid=overpaid,
        disputed=disputed,
        may_charge=uow.principal.may(BillingPermission.CHARGE),
    )


def owed_in_all(uow: UnitOfWork) -> int:
    """What all charges say is still owed, in cents: the books must say the same."""
    return int(uow.session.scalar(_owed()) or 0)


def payment_rows(found: Iterable[Payment]) -> Iterator[Sequence[str]]:
    """The lines of a file for the accounting program, sums as 12,50."""
    for one in found:
        yield (
            str(one.number),
            one.received_on.strftime("%d.%m.%Y"),
            way_of(one.way),
            _kinds(one.charge),
            one.charge.purpose,
            written_code(one.charge.code),
            typed_as(one.cents),
            typed_as(one.fee_cents),
            typed_as(one.back_cents),
            "1" if one.reversed_at else "",
        )


def posting_rows(found: Iterable[Posting]) -> Iterator[Sequence[str]]:
    """The lines of the books as a file."""
    for one in found:
        yield (
            one.at.strftime("%d.%m.%Y %H:%M"),
            str(NAMED[one.debit].label),
            str(NAMED[one.credit].label),
            typed_as(one.cents),
            str(one.charge_id or ""),
            one.key,
        )


def _kinds(charge: Charge) -> str:
    """The code; where a charge is of several kinds, each with its sum."""
    sums = charge.by_kind
    if len(sums) == 1:
        return next(iter(sums))
    return "; ".join(f"{code}: {typed_as(cents)}" for code, cents in sums.items())


def _owed() -> Select[int]:
    left = func.coalesce(func.sum(Charge.cents - Charge.settled_cents), 0)
    return select(left).where(Charge.state == State.OPEN)


def _number(model: type[Charge | Refund | Dispute], such: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(model).where(such).scalar_subquery()
