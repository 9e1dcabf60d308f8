"""Queries of requests, visits, assistants: the person's own, the queue, a visitor's day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import defer

from obshto.modules.assistants.errors import (
    NoSuchAssistant,
    NoSuchHelpRequest,
    NoSuchHomeVisit,
    NoSuchProblem,
    WhoseHelpRequest,
)
from obshto.modules.assistants.models import (
    Assistant,
    HelpLine,
    HelpProblem,
    HelpRequest,
    HomeVisit,
    Leave,
)
from obshto.modules.assistants.services.codes import index_of
from obshto.modules.assistants.services.kinds import DAYS, PARTS_OF_DAY
from obshto.modules.assistants.services.states import (
    AHEAD,
    DONE,
    PLANNED,
    RECEIVED,
    RUNNING,
    WITHDRAWN,
)
from obshto.platform.cases.codes import digits
from obshto.platform.cases.references import is_number_of, numbered, opened_by
from obshto.platform.clock import SOFIA
from obshto.platform.unit_of_work import UnitOfWork

LISTS = ("new", "planned", "late", "done")
# What no list shows is not decrypted for one.
UNSHOWN = tuple(
    defer(column)
    for column in (
        *(HelpRequest.applicant, HelpRequest.asked_by, HelpRequest.words),
        *(HelpRequest.email, HelpRequest.phone),
    )
)
VISIT_UNSHOWN = (defer(HomeVisit.code_word), defer(HomeVisit.notes))
PROBLEM_UNSHOWN = (defer(HelpProblem.words), defer(HelpProblem.answer))


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedHelp:
    """A list of the queue, narrowed by place, by a day or half of a day, and number."""

    list: str = "new"
    settlement: str = ""
    time: str = ""
    number: str = ""


def request_of(
    uow: UnitOfWork, case_id: UUID, *, to_change: bool = False, is_bare: bool = False
) -> HelpRequest:
    """Any request here, for staff and letters; a bare one without what names the person.

    Raises NoSuchHelpRequest.
    """
    wanted = select(HelpRequest).where(HelpRequest.id == case_id)
    return _one(uow, wanted.options(*UNSHOWN) if is_bare else wanted, to_change=to_change)


def request_at(uow: UnitOfWork, ref: str, *, to_change: bool = False) -> HelpRequest:
    """By its code, or by its id in the account of who is signed in.

    Raises NoSuchHelpRequest, WhoseHelpRequest.
    """
    opens = opened_by(
        uow, HelpRequest, ref, index_of, missing=NoSuchHelpRequest, whose=WhoseHelpRequest
    )
    return _one(uow, select(HelpRequest).where(opens), to_change=to_change)


def request_by_number(uow: UnitOfWork, number: str, code: str) -> HelpRequest:
    """By number and code together, as they stand on the slip. Raises NoSuchHelpRequest."""
    row = request_at(uow, digits(code))
    if not is_number_of(row, number):
        raise NoSuchHelpRequest
    return row


def requests_of(person_id: UUID) -> Select[HelpRequest]:
    """Those of an account, the newest first."""
    own = select(HelpRequest).where(HelpRequest.person_id == person_id)
    return own.order_by(HelpRequest.sent_at.desc(), HelpRequest.id.desc())


def lines_of(uow: UnitOfWork, row: HelpRequest) -> Sequence[HelpLine]:
    """What happened to it, in order."""
    wanted = select(HelpLine).where(HelpLine.case_id == row.id)
    return uow.session.scalars(wanted.order_by(HelpLine.at, HelpLine.id)).all()


def queue(uow: UnitOfWork, wanted: WantedHelp, *, today: date) -> Select[HelpRequest]:
    """A list of the coordinator, what waits longest on top."""
    rows = select(HelpRequest).where(_listed(wanted.list, today), *_narrowed(wanted))
    rows = rows.options(*UNSHOWN)
    if wanted.list == "done":
        return rows.order_by(HelpRequest.ended_at.desc().nulls_last(), HelpRequest.id.desc())
    return rows.order_by(HelpRequest.due_on.nulls_last(), HelpRequest.id)


def counts(uow: UnitOfWork, wanted: WantedHelp, *, today: date) -> Mapping[str, int]:
    """How many stand in each list. One query."""
    numbers = [func.count().filter(_listed(name, today)).label(name) for name in (*LISTS, "all")]
    row = uow.session.execute(select(*numbers).where(*_narrowed(wanted))).one()
    return dict(row._mapping)


def overdue(today: date) -> ColumnElement[bool]:
    """Nobody has agreed on a day in time."""
    return and_(HelpRequest.state == RECEIVED, HelpRequest.due_on < today)


def visit_of(
    uow: UnitOfWork, visit_id: UUID, *, to_change: bool = False, is_bare: bool = False
) -> HomeVisit:
    """Any visit here, for the coordinator and letters; a bare one without its word and notes.

    Raises NoSuchHomeVisit.
    """
    wanted = select(HomeVisit).where(HomeVisit.id == visit_id)
    wanted = wanted.options(*VISIT_UNSHOWN) if is_bare else wanted
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchHomeVisit
    return found


def visits_of(uow: UnitOfWork, row: HelpRequest) -> Sequence[HomeVisit]:
    """Those of a request, the latest first. One query."""
    wanted = select(HomeVisit).where(HomeVisit.case_id == row.id)
    return uow.session.scalars(wanted.order_by(HomeVisit.starts_at.desc(), HomeVisit.id)).all()


def day_visits(
    uow: UnitOfWork, assistant: Assistant, day: date
) -> Sequence[tuple[HomeVisit, HelpRequest]]:
    """A visitor's day by hour, nothing of a person loaded. One query."""
    begins, ends = bounds_of(day)
    rows = (
        select(HomeVisit, HelpRequest)
        .join(HelpRequest, HelpRequest.id == HomeVisit.case_id)
        .where(HomeVisit.assistant_id == assistant.id)
        .where(HomeVisit.starts_at >= begins, HomeVisit.starts_at < ends)
        .options(*UNSHOWN, *VISIT_UNSHOWN)
        .order_by(HomeVisit.starts_at, HomeVisit.id)
    )
    return [(row[0], row[1]) for row in uow.session.execute(rows)]


def alarms(uow: UnitOfWork) -> Sequence[tuple[HomeVisit, HelpRequest, Assistant]]:
    """Visits of which no word came, until somebody clears them. One query."""
    rows = _with_people().where(HomeVisit.alarm_at.is_not(None), HomeVisit.alarm_ended_at.is_(None))
    found = uow.session.execute(rows.order_by(HomeVisit.alarm_at, HomeVisit.id).limit(50))
    return [(row[0], row[1], row[2]) for row in found]


def visits_between(
    uow: UnitOfWork, begins: datetime, ends: datetime
) -> Sequence[tuple[HomeVisit, HelpRequest, Assistant]]:
    """Visits ahead in these days, by hour. One query."""
    rows = _with_people().where(HomeVisit.state == AHEAD)
    rows = rows.where(HomeVisit.starts_at >= begins, HomeVisit.starts_at < ends)
    found = uow.session.execute(rows.order_by(HomeVisit.starts_at, HomeVisit.id).limit(200))
    return [(row[0], row[1], row[2]) for row in found]


def assistants(uow: UnitOfWork, *, all_of_them: bool = False) -> Sequence[Assistant]:
    """Who visits people, by name. One query."""
    rows = select(Assistant).order_by(Assistant.left_at.nulls_first(), Assistant.name, Assistant.id)
    return uow.session.scalars(
        rows if all_of_them else rows.where(Assistant.left_at.is_(None))
    ).all()


def assistant_of(uow: UnitOfWork, assistant_id: UUID, *, to_change: bool = False) -> Assistant:
    """Raises NoSuchAssistant."""
    wanted = select(Assistant).where(Assistant.id == assistant_id)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchAssistant
    return found


def own_assistant(uow: UnitOfWork) -> Assistant | None:
    """The row of who is signed in, while they have not left."""
    mine = select(Assistant).where(Assistant.person_id == uow.principal.person_id)
    return uow.session.scalar(mine.where(Assistant.left_at.is_(None)))


def own_visit(uow: UnitOfWork, visit_id: UUID, *, to_change: bool = False) -> HomeVisit:
    """A visit of who is signed in; another's does not exist for them. Raises NoSuchHomeVisit."""
    mine = own_assistant(uow)
    found = visit_of(uow, visit_id, to_change=to_change, is_bare=True)
    if mine is None or found.assistant_id != mine.id:
        raise NoSuchHomeVisit
    return found


def names_of(uow: UnitOfWork, visits: Sequence[HomeVisit]) -> Mapping[UUID, Assistant]:
    """The assistants of these visits by id. One query."""
    ids = {visit.assistant_id for visit in visits}
    rows = uow.session.scalars(select(Assistant).where(Assistant.id.in_(ids))) if ids else ()
    return {row.id: row for row in rows}


def leaves_of(uow: UnitOfWork, since: date) -> Mapping[UUID, Sequence[Leave]]:
    """Leave from that day on, by assistant. One query."""
    rows = select(Leave).where(Leave.until_on >= since).order_by(Leave.from_on, Leave.id)
    found: dict[UUID, list[Leave]] = {}
    for leave in uow.session.scalars(rows):
        found.setdefault(leave.assistant_id, []).append(leave)
    return found


def load_of(uow: UnitOfWork, today: date) -> Mapping[UUID, int]:
    """Visits of the seven days from today on, by assistant. One query."""
    begins, ends = bounds_of(today)[0], bounds_of(today + timedelta(days=6))[1]
    rows = select(HomeVisit.assistant_id, func.count()).where(HomeVisit.state.in_(RUNNING))
    rows = rows.where(HomeVisit.starts_at >= begins, HomeVisit.starts_at < ends)
    return {row[0]: row[1] for row in uow.session.execute(rows.group_by(HomeVisit.assistant_id))}


def problem_of(uow: UnitOfWork, problem_id: UUID, *, to_change: bool = False) -> HelpProblem:
    """Raises NoSuchProblem."""
    wanted = select(HelpProblem).where(HelpProblem.id == problem_id)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchProblem
    return found


def problems_of_case(uow: UnitOfWork, case_id: UUID) -> Sequence[HelpProblem]:
    """Those of a request, as they came. One query."""
    wanted = select(HelpProblem).where(HelpProblem.case_id == case_id)
    return uow.session.scalars(wanted.order_by(HelpProblem.sent_at, HelpProblem.id)).all()


def own_problems(uow: UnitOfWork) -> Select[HelpProblem]:
    """What was handed to who is signed in, the open ones first."""
    mine = select(HelpProblem).where(HelpProblem.official_id == uow.principal.person_id)
    order = (HelpProblem.answered_at.desc().nulls_first(), HelpProblem.sent_at, HelpProblem.id)
    return mine.options(*PROBLEM_UNSHOWN).order_by(*order)


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """When a day begins in Bulgaria, and the next one."""
    return (
        datetime.combine(day, time(), SOFIA),
        datetime.combine(day + timedelta(days=1), time(), SOFIA),
    )


def _with_people() -> Select[HomeVisit, HelpRequest, Assistant]:
    rows = select(HomeVisit, HelpRequest, Assistant)
    rows = rows.join(HelpRequest, HelpRequest.id == HomeVisit.case_id)
    rows = rows.join(Assistant, Assistant.id == HomeVisit.assistant_id)
    return rows.options(*UNSHOWN, *VISIT_UNSHOWN)


def _listed(name: str, today: date) -> ColumnElement[bool]:
    conditions: dict[str, ColumnElement[bool]] = {
        "new": HelpRequest.state == RECEIVED,
        "planned": HelpRequest.state == PLANNED,
        "late": overdue(today),
        "done": HelpRequest.state.in_((DONE, WITHDRAWN)),
        "all": true(),
    }
    return conditions[name]


def _narrowed(wanted: WantedHelp) -> list[ColumnElement[bool]]:
    narrow: list[ColumnElement[bool]] = []
    if wanted.settlement:
        narrow.append(HelpRequest.settlement == wanted.settlement)
    if wanted.time:
        narrow.append(_suits(wanted.time))
    if wanted.number:
        narrow.append(numbered(HelpRequest, wanted.number))
    return narrow


def _suits(time: str) -> ColumnElement[bool]:
    """Who said so, or said nothing of the sort."""
    sort = list(DAYS if time in DAYS else PARTS_OF_DAY)
    return or_(~HelpRequest.times.overlap(sort), HelpRequest.times.contains([time]))


def _one(uow: UnitOfWork, wanted: Select[HelpRequest], *, to_change: bool) -> HelpRequest:
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchHelpRequest
    return found
