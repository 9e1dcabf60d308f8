"""Post into the books, read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert

from obshto.billing.ledger.accounts import Account
from obshto.billing.ledger.models import Posting
from obshto.platform.clock import SOFIA
from obshto.platform.db.base import new_id
from obshto.platform.work import Work


class PostedOtherwise(RuntimeError):
    """The cause was posted before, and differently: a fault of ours, never of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """What moved in an account, in cents."""

    account: Account
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        """Debit less credit."""
        return self.debit - self.credit


def post(
    work: Work, key: str, *, debit: Account, credit: Account, cents: int, charge_id: UUID | None
) -> bool:
    """Move cents once for each `key`; False when it stood already. Nothing moves for 0 cents.

    Raises PostedOtherwise.
    """
    if cents == 0:
        return False
    moved = {"debit": debit, "credit": credit, "cents": cents, "charge_id": charge_id}
    row = {"id": new_id(), "key": key, "at": work.now, **moved}
    statement = insert(Posting).values(row).on_conflict_do_nothing(index_elements=[Posting.key])
    if work.session.scalar(statement.returning(Posting.id)):
        return True
    found = work.session.scalars(select(Posting).where(Posting.key == key)).one()
    if {name: getattr(found, name) for name in moved} != moved:
        raise PostedOtherwise(key)
    return False


def postings(*, account: str | None = None, charge_id: UUID | None = None) -> Select[Posting]:
    """What was posted, newest first."""
    rows = select(Posting).order_by(Posting.id.desc())
    if account:
        rows = rows.where((Posting.debit == account) | (Posting.credit == account))
    return rows.where(Posting.charge_id == charge_id) if charge_id else rows


def between(first: date, last: date) -> Select[Posting]:
    """The postings of these days, as days are in Bulgaria, in the order of time."""
    start, end = _midnight(first), _midnight(last + timedelta(days=1))
    return select(Posting).where(Posting.at >= start, Posting.at < end).order_by(Posting.id)


def turnovers(work: Work) -> list[Turnover]:
    """Of every account, in the order of the list. Their balances sum up to 0."""
    debit, credit = _sums(work, Posting.debit), _sums(work, Posting.credit)
    return [
        Turnover(account=one, debit=debit.get(one, 0), credit=credit.get(one, 0)) for one in Account
    ]


def _sums(work: Work, side: object) -> dict[str, int]:
    rows = work.session.execute(select(side, func.sum(Posting.cents)).group_by(side))  # type: ignore[call-overload]  # a column
    return {account: int(cents) for account, cents in rows}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SOFIA)
