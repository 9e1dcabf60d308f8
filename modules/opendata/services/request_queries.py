"""Queries of requests for information: public answers, the person's own, the queue."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import defer, load_only

from obshto.modules.opendata.errors import NoSuchRequestHere, WhoseInformationRequest
from obshto.modules.opendata.models import InformationRequest as Row
from obshto.modules.opendata.models import RequestEntry
from obshto.modules.opendata.services.request_states import (
    DECIDED,
    DONE,
    IN_WORK,
    OPEN,
    RECEIVED,
    RUNNING,
    UNCLEAR,
)
from obshto.modules.opendata.services.request_submission import index_of
from obshto.platform.cases.codes import digits
from obshto.platform.cases.references import is_number_of, numbered, opened_by
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.privacy.errors import DataRestricted
from obshto.platform.privacy.restrictions import restriction_refusal
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

LISTS = ("new", "mine", "work", "unclear", "late", "done")
FOUND = "found"  # no list: what a number was looked for in all of them
SOON = timedelta(days=3)
PART, ANSWER = "opendata", "answer"
KINDS = (DataKind.NAME, DataKind.CONTACT, DataKind.WORDS)
GROUND = "ЗДОИ, чл. 28; Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“"
# What no list shows is not decrypted for one.
UNSHOWN = tuple(
    defer(column) for column in (Row.applicant, Row.words, Row.email, Row.phone, Row.address)
)


def public_answers(words: str = "") -> Select[Row]:
    """What everybody may read, the newest first."""
    wanted = select(Row).where(Row.is_public, Row.state.in_(DECIDED)).options(*UNSHOWN)
    for word in words.split()[:6]:
        found = (column.icontains(word, autoescape=True) for column in (Row.topic, Row.answer))
        wanted = wanted.where(or_(*found))
    return wanted.order_by(Row.answered_at.desc(), Row.id.desc())


def public_answer(uow: UnitOfWork, case_id: UUID) -> Row:
    """One that everybody may read. Raises NoSuchRequestHere."""
    return _one(uow, public_answers().where(Row.id == case_id))


def request_of(uow: UnitOfWork, case_id: UUID, *, to_change: bool = False) -> Row:
    """Any, for staff and letters. Raises NoSuchRequestHere."""
    wanted = select(Row).where(Row.id == case_id)
    return _one(uow, wanted.with_for_update() if to_change else wanted)


def closed_request(uow: UnitOfWork, case_id: UUID, *, to_change: bool = False) -> Row:
    """The same without what only a recorded look opens. Raises NoSuchRequestHere."""
    wanted = select(Row).where(Row.id == case_id).options(*UNSHOWN)
    return _one(uow, wanted.with_for_update() if to_change else wanted)


def request_at(uow: UnitOfWork, ref: str, *, to_change: bool = False) -> Row:
    """By its code, or by its id in the account of who is signed in.

    Raises NoSuchRequestHere, WhoseInformationRequest.
    """
    opened = opened_by(
        uow, Row, ref, index_of, missing=NoSuchRequestHere, whose=WhoseInformationRequest
    )
    wanted = select(Row).where(opened)
    return _one(uow, wanted.with_for_update() if to_change else wanted)


def request_by_number(uow: UnitOfWork, number: str, code: str) -> Row:
    """By number and code together, as they stand on the slip. Raises NoSuchRequestHere."""
    row = request_at(uow, digits(code))
    if not is_number_of(row, number):
        raise NoSuchRequestHere
    return row


def requests_of(person_id: UUID) -> Select[Row]:
    """Those of an account, the newest first."""
    own = select(Row).where(Row.person_id == person_id)
    return own.order_by(Row.sent_at.desc(), Row.id.desc())


def lines_of(uow: UnitOfWork, row: Row) -> Sequence[RequestEntry]:
    """What happened to it, in order."""
    wanted = select(RequestEntry).where(RequestEntry.case_id == row.id)
    return uow.session.scalars(wanted.order_by(RequestEntry.at, RequestEntry.id)).all()


def look_at_request(uow: UnitOfWork, row: Row) -> None:
    """Record that somebody of the staff opens who asks and what."""
    opened = Opened(part=PART, object_id=row.id, subject=_subject_of(row))
    look(uow, opened, Purpose(word=ANSWER, kinds=KINDS, ground=GROUND))


def restricted(uow: UnitOfWork, row: Row) -> DataRestricted | None:
    """Why staff may not act upon it: a restriction that was accepted after it was sent."""
    return restriction_refusal(uow, lambda: _subject_of(row), since=row.sent_at)


def usable(uow: UnitOfWork, row: Row) -> Row:
    """The same one, unless it is restricted. Raises DataRestricted."""
    if refusal := restricted(uow, row):
        raise refusal
    return row


def _subject_of(row: Row) -> Subject:
    return Subject(person_id=row.person_id, email=row.email or "", phone=row.phone or "")


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The requests among these ids, as their people know them. One query."""
    known = load_only(Row.year, Row.sequence, Row.person_id)
    rows = uow.session.scalars(select(Row).where(Row.id.in_(ids)).options(known))
    return {
        row.id: LookedAt(
            gettext("Искане %(number)s", number=row.number),
            f"/opendata/requests/case/{row.id}" if row.person_id else "",
        )
        for row in rows
    }


def queue(uow: UnitOfWork, chosen: str, number: str, *, today: date) -> Select[Row]:
    """A list of the staff, what is due first on top."""
    rows = select(Row).where(_listed(uow, chosen, today)).options(*UNSHOWN)
    if number:
        rows = rows.where(numbered(Row, number))
    if chosen == "done":
        return rows.order_by(Row.ended_at.desc().nulls_last(), Row.id.desc())
    return rows.order_by(Row.due_on.nulls_last(), Row.id)


def counts(uow: UnitOfWork, number: str, *, today: date) -> Select[*tuple[int, ...]]:
    """One row: how many stand in each list, under `FOUND` how many have the number."""
    numbers = [func.count().filter(_listed(uow, name, today)).label(name) for name in LISTS]
    if number:
        numbers.append(func.count().filter(numbered(Row, number)).label(FOUND))
    return select(*numbers).select_from(Row)


def overdue(today: date) -> ColumnElement[bool]:
    """A term of the municipality has passed."""
    return and_(Row.state.in_(RUNNING), Row.due_on < today)


def due_soon(today: date) -> ColumnElement[bool]:
    """Open, with three days left or fewer."""
    return and_(Row.state.in_(RUNNING), Row.due_on.between(today, today + SOON))


def _listed(uow: UnitOfWork, name: str, today: date) -> ColumnElement[bool]:
    conditions: dict[str, ColumnElement[bool]] = {
        "new": Row.state == RECEIVED,
        "mine": and_(Row.assignee_id == uow.principal.person_id, Row.state.in_(OPEN)),
        "work": Row.state == IN_WORK,
        "unclear": Row.state == UNCLEAR,
        "late": overdue(today),
        "done": Row.state.in_(DONE),
        "all": true(),
    }
    return conditions[name]


def _one(uow: UnitOfWork, wanted: Select[Row]) -> Row:
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchRequestHere
    return found
