"""Retention of requests: terms are watched, the unconfirmed lapse, names leave after five years."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from obshto.modules.personaldata.events import RequestDueSoon, RequestLate
from obshto.modules.personaldata.models import AccountLink, DataCopy, DataRequest, RequestLine
from obshto.modules.personaldata.services.queries import due_soon, overdue
from obshto.modules.personaldata.services.states import (
    LAPSE,
    OPEN,
    UNCONFIRMED,
    WITHDRAWN,
    move,
    record,
)
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork

UNPROVEN = timedelta(days=14)  # without a yes from its e-mail it was no request
KEPT = timedelta(days=5 * 365)  # after the end: what the municipality promised and did
AT_ONCE = 200  # rows of one transaction


def watch_terms(uow: UnitOfWork) -> None:
    """Job: of what ends in three days, of what is past its term the officer is told once."""
    today = day_of(uow.now)
    for late, mark, fact in (
        (overdue(today), DataRequest.late_for, RequestLate),
        (due_soon(today), DataRequest.warned_for, RequestDueSoon),
    ):
        rows = select(DataRequest).where(late, mark.is_distinct_from(DataRequest.due_on))
        rows = rows.order_by(DataRequest.id).limit(AT_ONCE).with_for_update(skip_locked=True)
        for row in uow.session.scalars(rows):
            setattr(row, mark.key, row.due_on)
            record(uow, row, fact)


def lapse_unconfirmed(uow: UnitOfWork) -> None:
    """Job: fourteen days without a yes, and nothing of it is kept."""
    old = select(DataRequest).where(
        DataRequest.state == UNCONFIRMED, DataRequest.sent_at < uow.now - UNPROVEN
    )
    rows = old.order_by(DataRequest.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    for row in uow.session.scalars(rows):
        move(uow, row, LAPSE)
        _empty(uow, row)


def empty_old_requests(uow: UnitOfWork) -> None:
    """Job: five years after its end nothing stays that says who asked."""
    old = select(DataRequest).where(DataRequest.ended_at < uow.now - KEPT)
    old = old.where(DataRequest.is_emptied.is_(False)).order_by(DataRequest.id).limit(AT_ONCE)
    for row in uow.session.scalars(old.with_for_update(skip_locked=True)):
        _empty(uow, row)


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """What somebody asked is emptied; of staff no name stays."""
    own = select(DataRequest).where(DataRequest.person_id == person_id).order_by(DataRequest.id)
    for row in uow.session.scalars(own.with_for_update()):
        if row.state in (UNCONFIRMED, *OPEN):
            row.state, row.ended_at = WITHDRAWN, uow.now
        _empty(uow, row)
    for model, column, values in (
        (DataRequest, DataRequest.assignee_id, {"assignee_id": None, "assignee": ""}),
        (DataRequest, DataRequest.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (RequestLine, RequestLine.by_id, {"by_id": None, "by_name": ""}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))


def _empty(uow: UnitOfWork, row: DataRequest) -> None:
    uow.session.execute(delete(DataCopy).where(DataCopy.case_id == row.id))
    ended = AccountLink.case_id == row.id, AccountLink.ended_at.is_not(None)
    uow.session.execute(delete(AccountLink).where(*ended))
    row.person_id = row.code_index = row.open_key = row.about_id = None
    row.applicant, row.identified_by = "", ""
    row.words = row.email = row.phone = row.address = row.answer = None
    row.is_emptied = True
    lines = select(RequestLine).where(RequestLine.case_id == row.id)
    for line in uow.session.scalars(lines):
        line.words = None
        if line.by_name == "":
            line.by_id = None
    uow.session.flush()
