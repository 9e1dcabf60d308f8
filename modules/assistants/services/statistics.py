"""Statistics for funders, by quarter: visits, hours, people; groups of ten and more, afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, distinct, func, select

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
    """Five queries at most, however many visits."""
    within = _within(quarter)
    spent = func.sum(
        func.extract("epoch", HomeVisit.ended_at) - func.extract("epoch", HomeVisit.arrived_at)
    )
    held = HomeVisit.state == ENDED
    row = uow.session.execute(
        select(
            func.count().filter(held),
            spent.filter(held),
            func.count(distinct(HomeVisit.case_id)).filter(held),
            func.count().filter(HomeVisit.state == MISSED),
        ).where(*within)
    ).one()
    is_over = quarter.after <= day_of(uow.now)
    return HelpNumbers(
        visits=row[0],
        minutes=round(float(row[1] or 0) / 60),
        people=row[2],
        missed=row[3],
        is_over=is_over,
        villages=_groups(uow, quarter, HelpRequest.settlement) if is_over else {},
        ages=_groups(uow, quarter, HelpRequest.age) if is_over else {},
        subjects=_subjects(uow, quarter) if is_over else {},
    )


def _groups(uow: UnitOfWork, quarter: Quarter, column: Any) -> dict[str, int]:
    """People by group, those that may be told beside the number of all; the rest under „“."""
    rows: Select[Any] = select(column, func.count(distinct(HomeVisit.case_id)))
    rows = rows.join(HelpRequest, HelpRequest.id == HomeVisit.case_id)
    rows = rows.where(HomeVisit.state == ENDED, *_within(quarter)).group_by(column)
    return told_beside_others([(row[0], row[1]) for row in uow.session.execute(rows)])


def told_beside_others(sizes: Sequence[tuple[str, int]]) -> dict[str, int]:
    """The groups of ten and more, the largest first; the others together, if they are ten."""
    told = told_groups([size for _, size in sizes]) - {
        n for n, one in enumerate(sizes) if not one[0]
    }
    shown = {sizes[n][0]: sizes[n][1] for n in sorted(told, key=lambda n: -sizes[n][1])}
    rest = sum(size for n, (_, size) in enumerate(sizes) if n not in told)
    return shown | ({"": rest} if rest >= LEAST else {})


def _subjects(uow: UnitOfWork, quarter: Quarter) -> dict[str, int]:
    """People by what they were shown; one may be in several, so no sum gives a hidden one away."""
    rows = select(func.unnest(HomeVisit.taught), HomeVisit.case_id).where(
        HomeVisit.state == ENDED, *_within(quarter)
    )
    people: dict[str, set[object]] = {}
    for lesson, case_id in uow.session.execute(rows.distinct()):
        if lesson in LESSONS:
            people.setdefault(LESSONS[lesson].subject, set()).add(case_id)
    return {subject: len(who) for subject, who in sorted(people.items()) if len(who) >= LEAST}


def _within(quarter: Quarter) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    begins = bounds_of(quarter.first)[0]
    ends = bounds_of(quarter.after)[0]
    return HomeVisit.starts_at >= begins, HomeVisit.starts_at < ends
