"""How the work goes and how content people are: figures only, small groups hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, case, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from obshto.modules.eservices.models import Case, Complaint, Rating
from obshto.modules.eservices.services.catalogue import services
from obshto.modules.eservices.services.ratings import BAD, GOOD, SO_SO
from obshto.modules.eservices.services.states import ISSUED, OPEN, REFUSED, RUNNING
from obshto.platform.clock import SOFIA
from obshto.platform.unit_of_work import UnitOfWork

LEAST = 10  # fewer answers than this are not told apart: one would know who said what


@dataclass(frozen=True, slots=True, kw_only=True)
class TermFigures:
    """Of one service in a year: sent, decided in time and late, still open, open and late."""

    service: str
    sent: int
    in_time: int
    late: int
    open: int
    overdue: int

    @property
    def kept(self) -> float | None:
        """The share that was decided in time; None where nothing was decided."""
        decided = self.in_time + self.late
        return self.in_time / decided if decided else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one official has on the table."""

    name: str
    open: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction:
    """Answers of one group, by their score; `is_told` where they are many enough."""

    group: str
    good: int
    so_so: int
    bad: int

    @property
    def answers(self) -> int:
        return self.good + self.so_so + self.bad

    @property
    def is_told(self) -> bool:
        return self.answers >= LEAST

    @property
    def share(self) -> float:
        """The share of those who are content."""
        return self.good / self.answers if self.answers else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Everything that is told of a year."""

    year: int
    titles: Mapping[str, str]
    terms: Sequence[TermFigures]
    loads: Sequence[Load]
    total: Satisfaction
    by_service: Sequence[Satisfaction]
    by_settlement: Sequence[Satisfaction]
    by_channel: Sequence[Satisfaction]
    complaints: int
    complaints_answered: int


def year_of(uow: UnitOfWork, year: int, *, today: date) -> Year:
    """The figures of a year. A handful of queries, however many cases there are."""
    complaints, answered = _complaints(uow, year)
    return Year(
        year=year,
        titles={key: service.title for key, service in services(uow).items()},
        terms=_terms(uow, year, today),
        loads=_loads(uow, today),
        total=_satisfaction(uow, year, None)[0],
        by_service=told_apart(_satisfaction(uow, year, Rating.service)),
        by_settlement=told_apart(_satisfaction(uow, year, Rating.settlement)),
        by_channel=told_apart(_satisfaction(uow, year, Rating.channel)),
        complaints=complaints,
        complaints_answered=answered,
    )


def told_apart(groups: Sequence[Satisfaction]) -> list[Satisfaction]:
    """The groups; where one alone is too small, a second one is hidden with it.

    Else its figures would be the difference between all the others and the total.
    """
    small = [group for group in groups if not group.is_told]
    if len(small) != 1 or len(groups) == 1:
        return list(groups)
    least = min((g for g in groups if g.is_told), key=lambda group: group.answers)
    hidden = Satisfaction(group=least.group, good=0, so_so=0, bad=0)
    return [hidden if group is least else group for group in groups]


# -- inside ----------------------------------------------------------------------------------


def _begins(year: int) -> datetime:
    return datetime.combine(date(year, 1, 1), time(), SOFIA)


def _within(column: InstrumentedAttribute[datetime], year: int) -> ColumnElement[bool]:
    return (column >= _begins(year)) & (column < _begins(year + 1))


def _count(such: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((such, 1)))


def _terms(uow: UnitOfWork, year: int, today: date) -> list[TermFigures]:
    decided = Case.state.in_((ISSUED, REFUSED))
    in_time = decided & or_(Case.days_late.is_(None), Case.days_late == 0)
    overdue = Case.state.in_(RUNNING) & (Case.due_on < today)
    rows = select(
        Case.service,
        func.count(),
        _count(in_time),
        _count(decided & (Case.days_late > 0)),
        _count(Case.state.in_(OPEN)),
        _count(overdue),
    ).where(_within(Case.sent_at, year))
    return [
        TermFigures(service=service, sent=sent, in_time=kept, late=late, open=left, overdue=over)
        for service, sent, kept, late, left, over in uow.session.execute(
            rows.group_by(Case.service).order_by(func.count().desc(), Case.service)
        )
    ]


def _loads(uow: UnitOfWork, today: date) -> list[Load]:
    overdue = Case.state.in_(RUNNING) & (Case.due_on < today)
    rows = select(Case.assignee, func.count(), _count(overdue)).where(Case.state.in_(OPEN))
    grouped = rows.group_by(Case.assignee_id, Case.assignee).order_by(func.count().desc())
    return [
        Load(name=name, open=left, overdue=over)
        for name, left, over in uow.session.execute(grouped)
    ]


def _satisfaction(
    uow: UnitOfWork, year: int, group: InstrumentedAttribute[str] | None
) -> list[Satisfaction]:
    good, so_so, bad = (_count(Rating.score == score) for score in (GOOD, SO_SO, BAD))
    named = group if group is not None else literal("")
    rows = select(named, good, so_so, bad).where(_within(Rating.rated_at, year))
    if group is not None:
        rows = rows.group_by(group).order_by(func.count().desc(), group)
    return [
        Satisfaction(group=name, good=first, so_so=second, bad=third)
        for name, first, second, third in uow.session.execute(rows)
    ]


def _complaints(uow: UnitOfWork, year: int) -> tuple[int, int]:
    answered = _count(Complaint.answered_at.is_not(None))
    rows = select(func.count(), answered).where(_within(Complaint.sent_at, year))
    sent, told = uow.session.execute(rows).one()
    return sent, told
