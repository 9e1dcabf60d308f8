"""Retention of requests: terms are watched, the unclear lapse, names leave after five years."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from obshto.modules.opendata.events import InformationDueSoon, InformationLate
from obshto.modules.opendata.models import InformationRequest, RequestEntry, UploadedSet
from obshto.modules.opendata.services.request_queries import due_soon, overdue
from obshto.modules.opendata.services.request_states import (
    LAPSE,
    OPEN,
    UNCLEAR,
    WITHDRAWN,
    move,
    record,
)
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=5 * 365)  # after the end: what was asked, what the municipality did
AT_ONCE = 200  # rows of one transaction


def watch_terms(uow: UnitOfWork) -> None:
    """Job: of what ends in three days, of what is past its term staff are told once."""
    today = day_of(uow.now)
    for late, mark, fact in (
        (overdue(today), InformationRequest.late_for, InformationLate),
        (due_soon(today), InformationRequest.warned_for, InformationDueSoon),
    ):
        untold = mark.is_distinct_from(InformationRequest.due_on)
        rows = select(InformationRequest).where(late, untold).order_by(InformationRequest.id)
        for row in uow.session.scalars(rows.limit(AT_ONCE).with_for_update(skip_locked=True)):
            setattr(row, mark.key, row.due_on)
            record(uow, row, fact)


def lapse_unclear(uow: UnitOfWork) -> None:
    """Job: thirty days without a word, and it is not dealt with (ЗДОИ чл. 29)."""
    old = select(InformationRequest).where(
        InformationRequest.state == UNCLEAR, InformationRequest.due_on < day_of(uow.now)
    )
    rows = old.order_by(InformationRequest.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    for row in uow.session.scalars(rows):
        move(uow, row, LAPSE)


def empty_old_requests(uow: UnitOfWork) -> None:
    """Job: five years after its end nothing stays that says who asked; the answer stays."""
    old = select(InformationRequest).where(
        InformationRequest.ended_at < uow.now - KEPT, InformationRequest.is_emptied.is_(False)
    )
    rows = old.order_by(InformationRequest.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    for row in uow.session.scalars(rows):
        _empty(uow, row)


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """What somebody asked is emptied; of staff no name stays."""
    own = select(InformationRequest).where(InformationRequest.person_id == person_id)
    rows = own.order_by(InformationRequest.id).with_for_update()
    for row in uow.session.scalars(rows):
        if row.state in OPEN:
            row.state, row.ended_at = WITHDRAWN, uow.now
        _empty(uow, row)
    for model, column, values in (
        (InformationRequest, "assignee_id", {"assignee_id": None, "assignee": ""}),
        (InformationRequest, "entered_by_id", {"entered_by_id": None, "entered_by": ""}),
        (RequestEntry, "by_id", {"by_id": None, "by_name": ""}),
        (UploadedSet, "changed_by_id", {"changed_by_id": None, "changed_by": ""}),
    ):
        uow.session.execute(update(model).where(getattr(model, column) == person_id).values(values))


def _empty(uow: UnitOfWork, row: InformationRequest) -> None:
    row.person_id = row.code_index = None
    row.applicant = ""
    row.words = row.email = row.phone = row.address = None
    if not row.is_public:  # it was written to one person
        row.answer = row.public_words = ""
    row.is_emptied = True
    for line in uow.session.scalars(select(RequestEntry).where(RequestEntry.case_id == row.id)):
        line.words = None
        if line.by_name == "":
            line.by_id = None
    uow.session.flush()
