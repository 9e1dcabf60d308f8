"""Late interest: the legal rate by half-years, over 360 days, on what is unpaid."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.payments.errors import NoSuchTerm, StaleVersion
from obshto.modules.payments.events import RateSet
from obshto.modules.payments.models import Rate
from obshto.modules.payments.services.law import FIRST_YEAR, LAST_YEAR
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.legal.terms import roll
from obshto.platform.legal.values import LATE_INTEREST, Value, values_of
from obshto.platform.unit_of_work import UnitOfWork

DATA = Path(__file__).parents[1] / "data" / "rates.json"
YEAR = 360  # days: Interest on Taxes, Fees and Other Similar Public Receivables Act
HALVES = ((1, 1), (7, 1))  # the days on which a rate begins


class Rates:
    """Percents a year by the first day of a half-year.

    The municipality's own over the region's, the region's over those that come with the platform.
    """

    def __init__(
        self,
        own: Mapping[date, Decimal] | None = None,
        *,
        regional: Mapping[date, Decimal] | None = None,
    ) -> None:
        self._all = known_rates() | dict(regional or {}) | dict(own or {})

    def of(self, half: date) -> Decimal | None:
        """The percents from that day on."""
        return self._all.get(half)

    def interest(self, cents: int, *, due_on: date, on: date) -> int | None:
        """Cents for every day after the last one for paying, the day of payment too.

        Rounded once, half a cent up. None where the rate of one of the days is not known here.
        """
        total, first = Decimal(0), roll(due_on) + timedelta(days=1)
        for half, days in halves(first, on):
            rate = self.of(half)
            if rate is None:
                return None
            total += Decimal(cents) * rate / 100 / YEAR * days
        return int(total.quantize(Decimal(1), ROUND_HALF_UP))


def rates_here(uow: UnitOfWork) -> Rates:
    """Two queries."""
    own = {row.begins_on: _percent(row) for row in uow.session.scalars(select(Rate))}
    regional = {day: _percent(row) for day, row in values_of(LATE_INTEREST).items()}
    return Rates(own, regional=regional)


def rate_on(
    uow: UnitOfWork, year: int, half: int, *, to_change: bool = False
) -> tuple[date, Rate | None]:
    """The first day of the half-year, and what was entered for it here. Raises NoSuchTerm."""
    if half not in (1, 2) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise NoSuchTerm
    begins_on = date(year, *HALVES[half - 1])
    wanted = select(Rate).where(Rate.begins_on == begins_on)
    return begins_on, uow.session.scalar(wanted.with_for_update() if to_change else wanted)


def set_rate(
    uow: UnitOfWork, year: int, half: int, hundredths: int, *, expected_version: int
) -> None:
    """From now on lateness of that half-year costs so much. Raises NoSuchTerm, StaleVersion."""
    begins_on, row = rate_on(uow, year, half, to_change=True)
    if row and row.hundredths == hundredths:
        return
    if (row.version if row else 0) != expected_version:
        raise StaleVersion
    row = row or Rate(id=new_id(), begins_on=begins_on)
    row.hundredths = hundredths
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
            uow.session.flush()
    except IntegrityError:  # somebody entered the first one in the same instant
        raise StaleVersion from None
    uow.emit(RateSet(subject_id=row.id, begins_on=begins_on, hundredths=hundredths))


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfYear:
    """One line of the list; `source` is where the region's team read the rate that holds."""

    begins_on: date
    percent: Decimal | None
    source: str


def listed(uow: UnitOfWork) -> list[HalfYear]:
    """The half-years up to the one at hand, the newest first. Three queries."""
    rates, regional = rates_here(uow), values_of(LATE_INTEREST)
    own = set(uow.session.scalars(select(Rate.begins_on)))
    found = [half for half, _ in halves(min(known_rates()), day_of(uow.now))]
    return [
        HalfYear(
            begins_on=half,
            percent=rates.of(half),
            source=regional[half].source if half in regional and half not in own else "",
        )
        for half in reversed(found)
    ]


def halves(first: date, last: date) -> Iterable[tuple[date, int]]:
    """The half-years between two days, by their first day, each with its number of the days."""
    while first <= last:
        half = half_of(first)
        nxt = date(half.year, *HALVES[1]) if half.month == 1 else date(half.year + 1, *HALVES[0])
        end = min(last, nxt - timedelta(days=1))
        yield half, (end - first).days + 1
        first = nxt


def half_of(day: date) -> date:
    """The first day of its half-year."""
    return date(day.year, *HALVES[day.month > 6])


def _percent(row: Rate | Value) -> Decimal:
    return Decimal(row.hundredths) / 100


@cache
def known_rates() -> dict[date, Decimal]:
    """Those that come with the platform."""
    rows = json.loads(DATA.read_text("utf-8"))["rates"]
    return {date.fromisoformat(row["from"]): Decimal(row["percent"]) for row in rows}
