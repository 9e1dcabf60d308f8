"""Post into the books, read them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute

from obshto.billing.ledger.accounts import Account, Regional
from obshto.billing.ledger.models import Posting, RegionalPosting
from obshto.platform.clock import SOFIA
from obshto.platform.db.base import new_id
from obshto.platform.unit_of_work import UnitOfWork


class PostedOtherwise(RuntimeError):
    """The cause was posted before, and differently: a fault of ours, never of a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """What moved in an account, in cents."""

    account: Account | Regional
    debit: int
    credit: int

    @property
    def balance(self) -> int:
        """Debit less credit."""
        return self.debit - self.credit


def post(
    uow: UnitOfWork,
    key: str,
    *,
    debit: Account,
    credit: Account,
    cents: int,
    charge_id: UUID | None,
) -> bool:
    """Move cents once for each `key`; False when it stood already. Nothing moves for 0 cents.

    Raises PostedOtherwise.
    """
    moved = {"debit": debit, "credit": credit, "cents": cents, "charge_id": charge_id}
    return _post(uow, Posting, key, moved)


def post_regional(
    region: UnitOfWork,
    key: str,
    *,
    debit: Regional,
    credit: Regional,
    cents: int,
    municipality: str | None,
) -> bool:
    """The same in the books of the shared service. Raises PostedOtherwise."""
    moved = {"debit": debit, "credit": credit, "cents": cents, "municipality": municipality}
    return _post(region, RegionalPosting, key, moved)


def _post(
    uow: UnitOfWork, books: type[Posting | RegionalPosting], key: str, moved: dict[str, Any]
) -> bool:
    if moved["cents"] == 0:
        return False
    row = {"id": new_id(), "key": key, "at": uow.now, **moved}
    statement = insert(books).values(row).on_conflict_do_nothing(index_elements=[books.key])
    if uow.session.scalar(statement.returning(books.id)):
        return True
    found = uow.session.scalars(select(books).where(books.key == key)).one()
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


def turnovers(uow: UnitOfWork) -> list[Turnover]:
    """Of every account, in the order of the list. Their balances sum up to 0."""
    return _turnovers(uow, Posting, Account)


def regional_turnovers(region: UnitOfWork) -> list[Turnover]:
    """The same of the shared service."""
    return _turnovers(region, RegionalPosting, Regional)


def regional_postings(*, account: str | None = None) -> Select[RegionalPosting]:
    """What was posted, newest first."""
    rows = select(RegionalPosting).order_by(RegionalPosting.id.desc())
    if account:
        is_here = (RegionalPosting.debit == account) | (RegionalPosting.credit == account)
        rows = rows.where(is_here)
    return rows


def _turnovers(
    uow: UnitOfWork,
    books: type[Posting | RegionalPosting],
    accounts: type[Account] | type[Regional],
) -> list[Turnover]:
    debit, credit = _sums(uow, books, books.debit), _sums(uow, books, books.credit)
    return [
        Turnover(account=one, debit=debit.get(one, 0), credit=credit.get(one, 0))
        for one in accounts
    ]


def _sums(
    uow: UnitOfWork, books: type[Posting | RegionalPosting], side: InstrumentedAttribute[str]
) -> dict[str, int]:
    rows = uow.session.execute(select(side, func.sum(books.cents)).group_by(side))
    return {account: int(cents) for account, cents in rows}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SOFIA)
