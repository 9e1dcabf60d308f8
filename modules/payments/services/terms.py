"""The municipality's own days, over those of the law."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.payments.errors import NoSuchTerm, NotThePercent, StaleVersion
from obshto.modules.payments.events import TermChanged
from obshto.modules.payments.models import Term
from obshto.modules.payments.services.law import FIRST_YEAR, LAST_YEAR, Days, law_days, law_percent
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.ports import cashier

UNWRITTEN = 0  # what a form saw where the law's own days hold


class Calendar:
    """The days of every kind and year that was asked for, read once."""

    def __init__(self, rows: Collection[Term]) -> None:
        self._own = {(row.kind, row.year): _days(row) for row in rows}

    def days(self, kind: str, year: int) -> Days:
        return self._own.get((kind, year)) or law_days(kind, year)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindYear:
    """One line of the list of terms. `version` is 0 where the law's days hold."""

    kind: str
    title: str
    year: int
    days: Days
    version: int


def calendar(uow: UnitOfWork, years: Collection[int]) -> Calendar:
    """One query."""
    rows = select(Term).where(Term.year.in_(sorted(set(years))))
    return Calendar(list(uow.session.scalars(rows)))


def terms_of(uow: UnitOfWork, year: int) -> list[KindYear]:
    """Of every kind that can be charged here. Two queries."""
    own = {row.kind: row for row in uow.session.scalars(select(Term).where(Term.year == year))}
    titles = cashier().kinds(uow)
    return [_line(kind, title, year, own.get(kind)) for kind, title in titles.items()]


def term_of(uow: UnitOfWork, kind: str, year: int, *, to_change: bool = False) -> KindYear:
    """Raises NoSuchTerm."""
    title = cashier().kinds(uow).get(kind)
    if title is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoSuchTerm
    return _line(kind, title, year, _own(uow, kind, year, to_change=to_change))


def set_term(uow: UnitOfWork, kind: str, year: int, days: Days, *, expected_version: int) -> None:
    """From now on these days hold. Raises NoSuchTerm, NotThePercent, StaleVersion."""
    shown = term_of(uow, kind, year, to_change=True)
    if shown.days == days:
        return
    expect_version(shown, expected_version, StaleVersion)
    fixed = law_percent(kind)
    if fixed is not None and days.discount_percent != fixed:
        raise NotThePercent(n=fixed)
    row = _own(uow, kind, year) or Term(id=new_id(), kind=kind, year=year)
    row.due_on = [day.isoformat() for day in days.due_on]
    row.discount_percent, row.discount_until = days.discount_percent, days.discount_until
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
            uow.session.flush()
    except IntegrityError:  # somebody wrote the first one in the same instant
        raise StaleVersion from None
    uow.emit(TermChanged(subject_id=row.id, kind=kind, year=year))


def _own(uow: UnitOfWork, kind: str, year: int, *, to_change: bool = False) -> Term | None:
    wanted = select(Term).where(Term.kind == kind, Term.year == year)
    return uow.session.scalar(wanted.with_for_update() if to_change else wanted)


def _line(kind: str, title: str, year: int, own: Term | None) -> KindYear:
    return KindYear(
        kind=kind,
        title=title,
        year=year,
        days=_days(own) if own else law_days(kind, year),
        version=own.version if own else UNWRITTEN,
    )


def _days(row: Term) -> Days:
    return Days(
        due_on=tuple(date.fromisoformat(day) for day in row.due_on),
        discount_percent=row.discount_percent,
        discount_until=row.discount_until,
    )
