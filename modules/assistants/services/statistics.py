"""Statistics for funders, by quarter: visits, hours, people; groups of ten and more, afterwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import DateTime, Select, distinct, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from obshto.modules.assistants.models import HelpRequest, HomeVisit
from obshto.modules.assistants.services.kinds import LESSONS
from obshto.modules.assistants.services.queries import bounds_of
from obshto.modules.assistants.services.states import ENDED, MISSED
from obshto.platform.clock import day_of
from obshto.platform.disclosure.channel_suppression import LEAST
from obshto.platform.disclosure.group_suppression import told_groups
from obshto.platform.legal.terms import months_later
from obshto.platform.unit_of_work import UnitOfWork

FIRST = 2026  # before it nobody was visited
HELD = HomeVisit.state == ENDED


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """Three months of a year."""

    year: int
    number: int

    @property
    def word(self) -> str:
        """As an address says it: 2026-4."""
        return f"{self.year}-{self.number}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def after(self) -> date:
        """The first day of the next one."""
        return months_later(self.first, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpNumbers:
    """What was done in a quarter. The groups are people; empty until the quarter is over."""

    visits: int
    minutes: int
    people: int
    missed: int
    is_over: bool
    villages: Mapping[str, int]
    ages: Mapping[str, int]
    subjects: Mapping[str, int]


def quarter_of(day: date) -> Quarter:
    """The one that a day lies in."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarters(today: date) -> list[Quarter]:
    """All so far, the newest first."""
    last = quarter_of(today)
    every = [Quarter(year, n) for year in range(FIRST, last.year + 1) for n in range(1, 5)]
    return sorted((one for one in every if one <= last), reverse=True)


def numbers_of(uow: UnitOfWork, quarter: Quarter) -> HelpNumbers:
    """Of one quarter. Four queries."""
    return numbers_of_each(uow, [quarter])[quarter]


def numbers_of_each(uow: UnitOfWork, wanted: Sequence[Quarter]) -> dict[Quarter, HelpNumbers]:
    """Of quarters that follow one another. Four queries, however many quarters and visits."""
    told = _Quarters(sorted(wanted))
    spent = func.sum(
        func.extract("epoch", HomeVisit.ended_at) - func.extract("epoch", HomeVisit.arrived_at)
    )
    seconds = func.coalesce(spent.filter(HELD), 0)
    people = func.count(distinct(HomeVisit.case_id)).filter(HELD)
    missed = func.count().filter(HomeVisit.state == MISSED)
    rows = select(told.number, func.count().filter(HELD), seconds, people, missed)
    sums = {row[0]: row for row in uow.session.execute(told.grouped(rows))}
    villages = _groups(uow, told, HelpRequest.settlement)
    ages, subjects = _groups(uow, told, HelpRequest.age), _subjects(uow, told)
    found = {}
    for number, quarter in enumerate(told.quarters, 1):
        row = sums.get(number, (number, 0, 0, 0, 0))
        is_over = quarter.after <= day_of(uow.now)
        found[quarter] = HelpNumbers(
            visits=row[1],
            minutes=round(float(row[2]) / 60),
            people=row[3],
            missed=row[4],
            is_over=is_over,
            villages=told_beside_others(villages[number]) if is_over else {},
            ages=told_beside_others(ages[number]) if is_over else {},
            subjects=subjects[number] if is_over else {},
        )
    return found


class _Quarters:
    """Visits of quarters in a row by the number of their quarter, from 1."""

    def __init__(self, quarters: Sequence[Quarter]) -> None:
        self.quarters = quarters
        begin = [bounds_of(one.first)[0] for one in quarters]
        moments = literal(begin, ARRAY(DateTime(timezone=True)))
        self.number = func.width_bucket(HomeVisit.starts_at, moments).label("quarter")
        self.end = bounds_of(quarters[-1].after)[0]
        self.begin = begin[0]

    def grouped(self, rows: Select[Any], *columns: Any) -> Select[Any]:
        """One row for each quarter and each value of these columns."""
        within = (HomeVisit.starts_at >= self.begin, HomeVisit.starts_at < self.end)
        return rows.where(*within).group_by("quarter", *columns)


Sizes = defaultdict[int, list[tuple[str, int]]]


def _groups(uow: UnitOfWork, told: _Quarters, column: Any) -> Sizes:
    """People by quarter and group."""
    rows: Select[Any] = select(told.number, column, func.count(distinct(HomeVisit.case_id)))
    rows = rows.join(HelpRequest, HelpRequest.id == HomeVisit.case_id).where(HELD)
    sizes: Sizes = defaultdict(list)
    for number, group, size in uow.session.execute(told.grouped(rows, column)):
        sizes[number].append((group, size))
    return sizes


def told_beside_others(sizes: Sequence[tuple[str, int]]) -> dict[str, int]:
    """The groups of ten and more, the largest first; the others together, if they are ten."""
    told = told_groups([size for _, size in sizes]) - {
        n for n, one in enumerate(sizes) if not one[0]
    }
    shown = {sizes[n][0]: sizes[n][1] for n in sorted(told, key=lambda n: -sizes[n][1])}
    rest = sum(size for n, (_, size) in enumerate(sizes) if n not in told)
    return shown | ({"": rest} if rest >= LEAST else {})


def _subjects(uow: UnitOfWork, told: _Quarters) -> defaultdict[int, dict[str, int]]:
    """People by what they were shown; one may be in several, so no sum gives a hidden one away."""
    lesson = func.unnest(HomeVisit.taught).label("lesson")
    rows = select(told.number, lesson, HomeVisit.case_id).where(HELD)
    people: dict[tuple[int, str], set[object]] = defaultdict(set)
    rows = told.grouped(rows, "lesson", HomeVisit.case_id)
    for number, word, case_id in uow.session.execute(rows):
        if word in LESSONS:
            people[number, LESSONS[word].subject].add(case_id)
    shown: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for (number, subject), who in sorted(people.items()):
        if len(who) >= LEAST:
            shown[number][subject] = len(who)
    return shown
