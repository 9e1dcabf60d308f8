"""Planning of visits: who is near, one visit at a time, leave, an assistant who leaves.

Locks in order: the request, the assistant (whose row is the lock of the calendar), visits by id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from obshto.modules.assistants.errors import (
    AssistantAway,
    AssistantBusy,
    AssistantLeft,
    DayFull,
    HelpRequestNotFromHere,
    PersonBusy,
    StaleAssistant,
    StaleHelpRequest,
    StaleHomeVisit,
    TimePassed,
    TooFarAhead,
    VisitNotFromHere,
)
from obshto.modules.assistants.events import (
    AssistantGone,
    VisitCancelled,
    VisitFact,
    VisitPlanned,
)
from obshto.modules.assistants.models import Assistant, HelpRequest, HomeVisit, Leave
from obshto.modules.assistants.services import queries
from obshto.modules.assistants.services.codes import new_code_word
from obshto.modules.assistants.services.round_trip import MOST, kilometres
from obshto.modules.assistants.services.states import (
    AHEAD,
    CANCELLED,
    DONE,
    OPEN,
    PLAN,
    PLANNED,
    RECEIVED,
    RETURN,
    RUNNING,
    STATES,
    VISIT_STATES,
    WITHDRAW,
    move,
)
from obshto.modules.assistants.services.submission import due_on
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version, of_request
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import points_of_settlements

FARTHEST = timedelta(days=183)


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlan:
    """When somebody comes, and for how long. With a `half` the hour is only a guess."""

    starts_at: datetime
    minutes: int = 60
    half: str = ""

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An assistant as the coordinator compares them."""

    assistant: Assistant
    km: float
    load: int
    speaks: bool
    leave: Sequence[Leave]


def candidates(uow: UnitOfWork, row: HelpRequest) -> list[Candidate]:
    """Who speaks the language first, then who is near, then who has least to do. Three queries."""
    today, points = day_of(uow.now), points_of_settlements()
    load, leaves = queries.load_of(uow, today), queries.leaves_of(uow, today)
    found = [
        Candidate(
            assistant=one,
            km=kilometres(points, one.settlement, row.settlement),
            load=load.get(one.id, 0),
            speaks=row.language in one.languages,
            leave=leaves.get(one.id, ()),
        )
        for one in queries.assistants(uow)
    ]
    return sorted(found, key=lambda one: (not one.speaks, one.km, one.load, one.assistant.name))


def plan_visit(
    uow: UnitOfWork,
    row: HelpRequest,
    assistant: Assistant,
    plan: VisitPlan,
    *,
    request_id: UUID,
    expected_version: int | None = None,
) -> HomeVisit:
    """Both rows are locked by the caller. The same `request_id` again finds the first.

    `expected_version` is of the request; on the spot, after a visit, nobody else holds it. Raises
    StaleHelpRequest, HelpRequestNotFromHere, TimePassed, TooFarAhead, AssistantLeft, AssistantAway,
    AssistantBusy, PersonBusy, DayFull.
    """
    if first := of_request(uow, HomeVisit, request_id):
        return first
    if expected_version is not None and row.version != expected_version:
        raise StaleHelpRequest
    if row.state not in OPEN and row.state != DONE:
        raise HelpRequestNotFromHere(state=STATES[row.state])
    _check_time(uow, plan)
    _check_assistant(uow, assistant, plan)
    _check_person(uow, row, plan)
    visit = _visit(row, assistant, plan, request_id)
    uow.session.add(visit)
    row.assignee_id, row.assignee = assistant.person_id, assistant.name
    row.due_on = row.ended_at = None
    if row.state == DONE:
        row.state = RECEIVED  # a next visit opens it again
    move(uow, row, PLAN)
    record_visit(uow, visit, row, VisitPlanned)
    uow.session.flush()
    return visit


def cancel_visit(
    uow: UnitOfWork, row: HelpRequest, visit: HomeVisit, *, expected_version: int
) -> None:
    """It is off, and the request waits for a day again. Twice is once.

    Raises StaleHomeVisit, VisitNotFromHere.
    """
    if visit.state == CANCELLED:
        return
    expect_version(visit, expected_version, StaleHomeVisit)
    if visit.state != AHEAD:
        raise VisitNotFromHere(state=VISIT_STATES[visit.state])
    _cancel(uow, row, visit)


def withdraw_request(uow: UnitOfWork, row: HelpRequest, *, expected_version: int) -> None:
    """The person wants nobody to come. Visits ahead are off. Twice is once.

    Raises StaleHelpRequest, HelpRequestNotFromHere.
    """
    if row.state == WITHDRAW.to:
        return
    expect_version(row, expected_version, StaleHelpRequest)
    for visit in _ahead(uow, HomeVisit.case_id == row.id):
        visit.state = CANCELLED
        record_visit(uow, visit, row, VisitCancelled)
    move(uow, row, WITHDRAW)
    row.ended_at, row.due_on = uow.now, None


def return_request(uow: UnitOfWork, row: HelpRequest) -> None:
    """Back to the queue where nothing else is planned for it."""
    uow.session.flush()
    if row.state == PLANNED and not _ahead(uow, HomeVisit.case_id == row.id):
        move(uow, row, RETURN)
        row.assignee_id, row.assignee, row.due_on = None, "", due_on(day_of(uow.now))


def lock_visit(uow: UnitOfWork, visit_id: UUID) -> tuple[HomeVisit, HelpRequest, Assistant]:
    """A visit with what it belongs to, locked in the common order, nothing of a person loaded.

    Raises NoSuchHomeVisit.
    """
    found = queries.visit_of(uow, visit_id, is_bare=True)
    row = queries.request_of(uow, found.case_id, to_change=True, is_bare=True)
    assistant = queries.assistant_of(uow, found.assistant_id, to_change=True)
    return queries.visit_of(uow, visit_id, to_change=True, is_bare=True), row, assistant


def dismiss_assistant(uow: UnitOfWork, assistant_id: UUID, *, expected_version: int) -> int:
    """Somebody leaves: their visits ahead are off, people wait for another. How many.

    Raises NoSuchAssistant, StaleAssistant.
    """
    theirs = select(HomeVisit.case_id).where(HomeVisit.assistant_id == assistant_id)
    ids = set(uow.session.scalars(theirs.where(HomeVisit.state == AHEAD)))
    wanted = select(HelpRequest).where(HelpRequest.id.in_(ids)).order_by(HelpRequest.id)
    wanted = wanted.options(*queries.UNSHOWN)
    rows = {row.id: row for row in uow.session.scalars(wanted.with_for_update())}
    assistant = queries.assistant_of(uow, assistant_id, to_change=True)
    if assistant.left_at:
        return 0
    visits = _ahead(uow, HomeVisit.assistant_id == assistant.id)
    is_same = all(visit.case_id in rows for visit in visits)
    if assistant.version != expected_version or not is_same:
        raise StaleAssistant
    for visit in visits:
        _cancel(uow, rows[visit.case_id], visit)
    assistant.left_at = uow.now
    uow.emit(AssistantGone(subject_id=assistant.id))
    return len(visits)


def record_visit(
    uow: UnitOfWork, visit: HomeVisit, row: HelpRequest, fact: type[VisitFact]
) -> None:
    """Say it to the log and to others."""
    uow.emit(fact(subject_id=visit.id, number=row.number))


def _visit(row: HelpRequest, assistant: Assistant, plan: VisitPlan, request_id: UUID) -> HomeVisit:
    return HomeVisit(
        id=new_id(),
        request_id=request_id,
        case_id=row.id,
        assistant_id=assistant.id,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        half=plan.half,
        state=AHEAD,
        code_word=new_code_word(),
        taught=[],
        notes="",
        alarm="",
    )


def _cancel(uow: UnitOfWork, row: HelpRequest, visit: HomeVisit) -> None:
    visit.state = CANCELLED
    record_visit(uow, visit, row, VisitCancelled)
    return_request(uow, row)


def _ahead(uow: UnitOfWork, narrowed: ColumnElement[bool]) -> Sequence[HomeVisit]:
    wanted = select(HomeVisit).where(narrowed, HomeVisit.state == AHEAD)
    wanted = wanted.options(*queries.VISIT_UNSHOWN)
    return uow.session.scalars(wanted.order_by(HomeVisit.id).with_for_update()).all()


def _check_time(uow: UnitOfWork, plan: VisitPlan) -> None:
    if plan.starts_at <= uow.now:
        raise TimePassed
    if plan.starts_at > uow.now + FARTHEST:
        raise TooFarAhead


def _check_assistant(uow: UnitOfWork, assistant: Assistant, plan: VisitPlan) -> None:
    if assistant.left_at is not None:
        raise AssistantLeft(name=assistant.name)
    day = day_of(plan.starts_at)
    away = select(Leave.id).where(Leave.assistant_id == assistant.id)
    away = away.where(Leave.from_on <= day, Leave.until_on >= day)
    if uow.session.scalar(away.limit(1)):
        raise AssistantAway(name=assistant.name)
    own = HomeVisit.assistant_id == assistant.id, HomeVisit.state.in_(RUNNING)
    over = select(HomeVisit.starts_at, HomeVisit.ends_at).where(*own, _overlaps(plan))
    if taken := uow.session.execute(over.order_by(HomeVisit.starts_at).limit(1)).first():
        start, end = (f"{at.astimezone(SOFIA):%H:%M}" for at in taken)
        raise AssistantBusy(name=assistant.name, start=start, end=end)
    begins, ends = queries.bounds_of(day)
    number = select(func.count()).select_from(HomeVisit).where(*own)
    number = number.where(HomeVisit.starts_at >= begins, HomeVisit.starts_at < ends)
    if (uow.session.scalar(number) or 0) >= MOST:
        raise DayFull(name=assistant.name, most=MOST)


def _check_person(uow: UnitOfWork, row: HelpRequest, plan: VisitPlan) -> None:
    own = select(HomeVisit.id).where(HomeVisit.case_id == row.id, HomeVisit.state.in_(RUNNING))
    if uow.session.scalar(own.where(_overlaps(plan)).limit(1)):
        raise PersonBusy


def _overlaps(plan: VisitPlan) -> ColumnElement[bool]:
    return (HomeVisit.starts_at < plan.ends_at) & (HomeVisit.ends_at > plan.starts_at)


def upcoming(uow: UnitOfWork, assistant: Assistant, first: date, last: date) -> int:
    """How many visits stand in the calendar in these days."""
    begins, ends = queries.bounds_of(first)[0], queries.bounds_of(last)[1]
    number = select(func.count()).select_from(HomeVisit)
    number = number.where(HomeVisit.assistant_id == assistant.id, HomeVisit.state.in_(RUNNING))
    return (
        uow.session.scalar(number.where(HomeVisit.starts_at >= begins, HomeVisit.starts_at < ends))
        or 0
    )
