"""Retention of requests: address and names leave, what was done stays; terms are watched."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from obshto.modules.assistants.events import HelpLate
from obshto.modules.assistants.models import (
    Assistant,
    HelpLine,
    HelpProblem,
    HelpRequest,
    HomeAddress,
    HomeVisit,
    Leave,
)
from obshto.modules.assistants.services.home_addresses import forget_addresses
from obshto.modules.assistants.services.queries import overdue
from obshto.modules.assistants.services.states import AHEAD, CANCELLED, OPEN, WITHDRAWN, record
from obshto.platform.clock import day_of
from obshto.platform.storage.services import forget_files
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=365)  # after the end, while somebody may ask for help again
ADDRESS_KEPT = timedelta(days=30)
AT_ONCE = 200


def watch_terms(uow: UnitOfWork) -> None:
    """Job: of who waits too long the coordinators are told, once for each term."""
    late = select(HelpRequest).where(overdue(day_of(uow.now)))
    late = late.where(HelpRequest.late_for.is_distinct_from(HelpRequest.due_on))
    rows = late.order_by(HelpRequest.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    for row in uow.session.scalars(rows):
        row.late_for = row.due_on
        record(uow, row, HelpLate)


def empty_old_requests(uow: UnitOfWork) -> None:
    """Job: a month after the end the address is gone, a year after it who asked."""
    past = select(HelpRequest.id).join(HomeAddress, HomeAddress.case_id == HelpRequest.id)
    past = past.where(HelpRequest.ended_at < uow.now - ADDRESS_KEPT).limit(AT_ONCE)
    forget_addresses(uow, list(uow.session.scalars(past)))
    old = select(HelpRequest).where(HelpRequest.ended_at < uow.now - KEPT)
    old = old.where(HelpRequest.is_emptied.is_(False)).order_by(HelpRequest.id).limit(AT_ONCE)
    for row in uow.session.scalars(old.with_for_update(skip_locked=True)):
        _empty(uow, row)


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """Of who asked nothing stays that names them; of who worked here no name and no face."""
    own = select(HelpRequest).where(HelpRequest.person_id == person_id).order_by(HelpRequest.id)
    for row in uow.session.scalars(own.with_for_update()):
        _empty(uow, row)
    _forget_assistant(uow, person_id)
    for model, column, values in (
        (HelpRequest, HelpRequest.assignee_id, {"assignee_id": None, "assignee": ""}),
        (HelpRequest, HelpRequest.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (HelpLine, HelpLine.by_id, {"by_id": None, "by_name": ""}),
        (HelpProblem, HelpProblem.official_id, {"official_id": None, "official": ""}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))


def _forget_assistant(uow: UnitOfWork, person_id: UUID) -> None:
    mine = select(Assistant).where(Assistant.person_id == person_id)
    row = uow.session.scalar(mine.with_for_update())
    if row is None:
        return
    photo, row.photo_id = row.photo_id, None
    row.person_id, row.name, row.left_at = None, "", row.left_at or uow.now
    uow.session.flush()
    forget_files(uow, [photo] if photo else [])
    uow.session.execute(delete(Leave).where(Leave.assistant_id == row.id))


def _empty(uow: UnitOfWork, row: HelpRequest) -> None:
    row.person_id = row.code_index = None
    row.applicant, row.asked_by, row.words, row.email, row.phone = "", None, None, None, None
    row.needs, row.times, row.at_home = [], [], ""
    if row.state in OPEN:  # erased while somebody was about to come: nobody does
        row.state, row.ended_at, row.due_on = WITHDRAWN, uow.now, None
    row.is_emptied = True
    forget_addresses(uow, [row.id])
    for visit in uow.session.scalars(select(HomeVisit).where(HomeVisit.case_id == row.id)):
        visit.notes = visit.code_word = ""
        visit.state = CANCELLED if visit.state == AHEAD else visit.state
    for problem in uow.session.scalars(select(HelpProblem).where(HelpProblem.case_id == row.id)):
        problem.words = problem.answer = None
    for line in uow.session.scalars(select(HelpLine).where(HelpLine.case_id == row.id)):
        line.words = None
        line.by_id = line.by_id if line.by_name else None
    uow.session.flush()
