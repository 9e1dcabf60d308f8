"""Groups that may be told: of one way added up, of a plain count held back where they are small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func
from sqlalchemy.orm import InstrumentedAttribute

from obshto.platform.cases.channels import PORTAL
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.disclosure.group_suppression import told_groups
from obshto.platform.disclosure.representation import Representation
from obshto.platform.participation.declarations import ASSISTED, ONLINE, Period
from obshto.platform.unit_of_work import UnitOfWork


def period_of(year: int) -> Period:
    """From New Year to New Year, by the clock of Sofia."""
    first, last = date(year, 1, 1), date(year + 1, 1, 1)
    return Period(*(datetime.combine(day, time(), SOFIA) for day in (first, last)))


def within(column: InstrumentedAttribute[Any], period: Period) -> ColumnElement[bool]:
    """The moment lies in the period; an empty one does not."""
    return and_(column >= period.begin, column < period.end)


def within_days(column: InstrumentedAttribute[Any], period: Period) -> ColumnElement[bool]:
    """The day lies in the period; an empty one does not."""
    return and_(column >= day_of(period.begin), column < day_of(period.end))


def by_mode(channels: Mapping[str, int]) -> dict[str, int]:
    """Numbers by `cases.channels` as those of the two modes."""
    modes: Counter[str] = Counter()
    for channel, number in channels.items():
        modes[ONLINE if channel == PORTAL else ASSISTED] += number
    return dict(modes)


def added_up(tables: Iterable[Representation]) -> dict[str, int]:
    """Each group as often as those tables tell of it; whoever did not say is left out."""
    sums: Counter[str] = Counter()
    for table in tables:
        for code, group in zip(table.codes, table.groups, strict=True):
            sums[code] += group.answers
    sums.pop("", None)
    return dict(sums)


def held_back(groups: Mapping[str, int]) -> dict[str, int]:
    """The groups whose size may be told beside the sum of all."""
    codes = sorted(groups)
    told = told_groups([groups[code] for code in codes])
    return {codes[number]: groups[codes[number]] for number in sorted(told) if codes[number]}


def counts_by(
    uow: UnitOfWork, column: InstrumentedAttribute[str], wanted: Select[Any]
) -> dict[str, int]:
    """How many rows of a selection have which word in that column. One query."""
    rows = wanted.with_only_columns(column, func.count()).order_by(None).group_by(column)
    return {word: number for word, number in uow.session.execute(rows)}
