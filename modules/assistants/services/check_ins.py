"""Check-ins of a visitor: arrival, end, nobody home, a note, lessons; the alarm where none comes.

Acts may arrive late, out of a phone that had no network: each carries the id and the moment that
the phone gave it, and lands once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import and_, or_, select

from obshto.modules.assistants.errors import (
    NotesFull,
    NothingTaught,
    NotToday,
    StaleHomeVisit,
    VisitNotFromHere,
)
from obshto.modules.assistants.events import (
    AlarmCleared,
    CheckInMissed,
    NobodyHome,
    VisitArrived,
    VisitEnded,
)
from obshto.modules.assistants.models import CheckIn, HelpRequest, HomeVisit
from obshto.modules.assistants.services.home_addresses import is_alarmed
from obshto.modules.assistants.services.kinds import LESSONS, MORNING
from obshto.modules.assistants.services.states import (
    AHEAD,
    ENDED,
    FINISH,
    MISSED,
    PLANNED,
    RUNNING,
    UNDERWAY,
    VISIT_STATES,
    move,
)
from obshto.modules.assistants.services.visit_plans import record_visit, return_request
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

ARRIVED, LEFT, ABSENT, NOTE, TAUGHT = "arrived", "ended", "absent", "note", "lessons"
ACTS = (ARRIVED, LEFT, ABSENT, NOTE, TAUGHT)
GRACE = timedelta(minutes=30)  # after the hour, before anybody worries
LATEST = timedelta(days=3)  # until a phone has found a network
MORNING_ENDS, DAY_ENDS = time(13), time(18)
ARRIVAL, DEPARTURE = "arrival", "departure"
MOST_NOTES = 2_000
AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInAct:
    """What was pressed, when, with which words; `lessons` are words of `LESSONS`."""

    kind: str
    at: datetime
    words: str = ""
    lessons: tuple[str, ...] = ()


def take_act(
    uow: UnitOfWork, visit: HomeVisit, row: HelpRequest, act: CheckInAct, *, request_id: UUID
) -> None:
    """Rows are locked by the caller. The same `request_id` again does nothing.

    Raises NotToday, VisitNotFromHere, NotesFull, NothingTaught.
    """
    if uow.session.scalar(select(CheckIn.id).where(CheckIn.request_id == request_id)):
        return
    at = min(act.at, uow.now)
    if day_of(at) != day_of(visit.starts_at) or uow.now - at > LATEST:
        raise NotToday
    _TAKES[act.kind](uow, visit, row, replace(act, at=at))
    kept = CheckIn(
        request_id=request_id, visit_id=visit.id, kind=act.kind, at=at, received_at=uow.now
    )
    uow.session.add(kept)
    uow.session.flush()


def write_lessons(
    uow: UnitOfWork, visit: HomeVisit, taught: list[str], notes: str, *, expected_version: int
) -> None:
    """What was shown, and a note. Raises StaleHomeVisit, VisitNotFromHere, NothingTaught."""
    if (visit.taught, visit.notes) == (taught, notes):
        return
    expect_version(visit, expected_version, StaleHomeVisit)
    if visit.state not in (UNDERWAY, ENDED):
        raise VisitNotFromHere(state=VISIT_STATES[visit.state])
    if not taught and not notes:
        raise NothingTaught
    visit.taught, visit.notes = taught, notes


def watch_check_ins(uow: UnitOfWork) -> None:
    """Job: where no word came in time the coordinators are called, once for each thing."""
    late = or_(
        and_(
            HomeVisit.state == AHEAD, HomeVisit.alarm == "", HomeVisit.starts_at < uow.now - GRACE
        ),
        and_(
            HomeVisit.state == UNDERWAY,
            HomeVisit.alarm != DEPARTURE,
            HomeVisit.ends_at < uow.now - GRACE,
        ),
    )
    wanted = select(HomeVisit, HelpRequest).join(HelpRequest, HelpRequest.id == HomeVisit.case_id)
    locked = wanted.where(late).order_by(HomeVisit.starts_at, HomeVisit.id).limit(AT_ONCE)
    rows = uow.session.execute(locked.with_for_update(of=HomeVisit, skip_locked=True))
    for visit, row in rows:
        if deadline_of(visit) > uow.now:
            continue
        visit.alarm = ARRIVAL if visit.state == AHEAD else DEPARTURE
        visit.alarm_at, visit.alarm_ended_at = uow.now, None
        record_visit(uow, visit, row, CheckInMissed)


def clear_alarm(
    uow: UnitOfWork, visit: HomeVisit, row: HelpRequest, *, expected_version: int
) -> None:
    """The coordinator reached the visitor. Twice is once. Raises StaleHomeVisit."""
    if not is_alarmed(visit):
        return
    expect_version(visit, expected_version, StaleHomeVisit)
    _clear(uow, visit, row)


def deadline_of(visit: HomeVisit) -> datetime:
    """When word of the visitor is due: half an hour after the hour, or at the end of the half."""
    if visit.state == UNDERWAY:
        return visit.ends_at + GRACE
    if not visit.half:
        return visit.starts_at + GRACE
    ends = MORNING_ENDS if visit.half == MORNING else DAY_ENDS
    return datetime.combine(day_of(visit.starts_at), ends, SOFIA)


def _arrive(uow: UnitOfWork, visit: HomeVisit, row: HelpRequest, act: CheckInAct) -> None:
    if visit.state in (UNDERWAY, ENDED):
        return  # pressed twice, or the end came first
    _expect(visit, AHEAD)
    visit.state, visit.arrived_at = UNDERWAY, act.at
    record_visit(uow, visit, row, VisitArrived)
    _clear(uow, visit, row)


def _leave(uow: UnitOfWork, visit: HomeVisit, row: HelpRequest, act: CheckInAct) -> None:
    if visit.state == ENDED:
        return
    _expect(visit, *RUNNING)
    visit.state, visit.ended_at = ENDED, act.at
    visit.arrived_at = visit.arrived_at or min(visit.starts_at, act.at)
    record_visit(uow, visit, row, VisitEnded)
    _clear(uow, visit, row)
    uow.session.flush()
    more = select(HomeVisit.id).where(HomeVisit.case_id == row.id, HomeVisit.state.in_(RUNNING))
    if row.state == PLANNED and not uow.session.scalar(more.limit(1)):
        move(uow, row, FINISH)
        row.ended_at = uow.now


def _find_nobody(uow: UnitOfWork, visit: HomeVisit, row: HelpRequest, act: CheckInAct) -> None:
    if visit.state == MISSED:
        return
    _expect(visit, AHEAD)
    visit.state, visit.ended_at = MISSED, act.at
    record_visit(uow, visit, row, NobodyHome)
    _clear(uow, visit, row)
    return_request(uow, row)


def _note(uow: UnitOfWork, visit: HomeVisit, row: HelpRequest, act: CheckInAct) -> None:
    notes = "\n".join(filter(None, (visit.notes, act.words)))
    if len(notes) > MOST_NOTES:
        raise NotesFull(most=MOST_NOTES)
    visit.notes = notes


def _teach(uow: UnitOfWork, visit: HomeVisit, row: HelpRequest, act: CheckInAct) -> None:
    """Added to what stands there: the phone did not see what came meanwhile."""
    if not act.lessons:
        raise NothingTaught
    _expect(visit, UNDERWAY, ENDED)
    visit.taught = [word for word in LESSONS if word in (*visit.taught, *act.lessons)]


_TAKES = {ARRIVED: _arrive, LEFT: _leave, ABSENT: _find_nobody, NOTE: _note, TAUGHT: _teach}


def _clear(uow: UnitOfWork, visit: HomeVisit, row: HelpRequest) -> None:
    if is_alarmed(visit):
        visit.alarm_ended_at = uow.now
        record_visit(uow, visit, row, AlarmCleared)


def _expect(visit: HomeVisit, *states: str) -> None:
    if visit.state not in states:
        raise VisitNotFromHere(state=VISIT_STATES[visit.state])
