"""Register of councillors' questions: entered with a term, answered in public, watched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, or_, select

from obshto.modules.council.errors import AnsweredTooEarly, NoSuchInquiry, StaleCouncil
from obshto.modules.council.events import InquiryAnswered, InquiryEntered, InquiryLate
from obshto.modules.council.models import Councillor, Inquiry
from obshto.modules.council.settings import CouncilSettings
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once, expect_version
from obshto.platform.legal.terms import roll
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE = 200
WAITING, LATE, ANSWERED = "waiting", "late", "answered"
STATES = (WAITING, LATE, ANSWERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryDetails:
    """A question as it was put."""

    councillor_id: UUID
    title: str
    words: str
    addressee: str
    asked_on: date


def enter_inquiry(uow: UnitOfWork, told: InquiryDetails, *, request_id: UUID) -> Inquiry:
    """Once for the same `request_id`; its term runs from the day it was put."""
    days = settings_of(uow, "council", CouncilSettings).answer_days
    row = Inquiry(
        request_id=request_id,
        councillor_id=told.councillor_id,
        title=told.title,
        words=told.words,
        addressee=told.addressee,
        asked_on=told.asked_on,
        due_on=roll(told.asked_on + timedelta(days=days)),
        answer="",
    )
    if (first := create_once(uow, row)) is not row:
        return first
    uow.emit(InquiryEntered(subject_id=row.id))
    return row


def answer_inquiry(
    uow: UnitOfWork, row: Inquiry, *, answer: str, answered_on: date, expected_version: int
) -> None:
    """The answer, or a better one. Raises StaleCouncil, AnsweredTooEarly."""
    if (row.answer, row.answered_on) == (answer, answered_on):
        return
    expect_version(row, expected_version, StaleCouncil)
    if answered_on < row.asked_on:
        raise AnsweredTooEarly
    row.answer, row.answered_on = answer, answered_on
    uow.emit(InquiryAnswered(subject_id=row.id))


def inquiry_of(uow: UnitOfWork, inquiry_id: UUID, *, to_change: bool = False) -> Inquiry:
    """Raises NoSuchInquiry."""
    found = uow.session.get(Inquiry, inquiry_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchInquiry
    return found


def inquiries(
    uow: UnitOfWork, asked: Mapping[str, str], *, councillor_id: UUID | None = None
) -> Select[Inquiry]:
    """The register, the latest first; by words, state and councillor."""
    rows = select(Inquiry).order_by(Inquiry.asked_on.desc(), Inquiry.id.desc())
    if councillor_id:
        rows = rows.where(Inquiry.councillor_id == councillor_id)
    for word in asked.get("q", "").replace("\x00", "")[:100].split()[:6]:
        columns = (Inquiry.title, Inquiry.words, Inquiry.answer, Councillor.name)
        found = (column.icontains(word, autoescape=True) for column in columns)
        joined = Councillor.id == Inquiry.councillor_id
        rows = rows.where(select(1).where(joined, or_(*found)).correlate(Inquiry).exists())
    state, today = asked.get("state", ""), day_of(uow.now)
    if state == ANSWERED:
        rows = rows.where(Inquiry.answered_on.is_not(None))
    elif state in (WAITING, LATE):
        rows = rows.where(Inquiry.answered_on.is_(None))
        rows = rows.where(Inquiry.due_on < today) if state == LATE else rows
    return rows


def state_of(row: Inquiry, today: date) -> str:
    """Where it stands on a day."""
    if row.answered_on:
        return ANSWERED
    return LATE if row.due_on < today else WAITING


def watch_inquiries(uow: UnitOfWork) -> None:
    """Job: of a question whose term passed the mayor is told, once."""
    late = select(Inquiry).where(Inquiry.answered_on.is_(None), Inquiry.due_on < day_of(uow.now))
    late = late.where(Inquiry.late_for.is_distinct_from(Inquiry.due_on)).order_by(Inquiry.id)
    for row in uow.session.scalars(late.limit(AT_ONCE).with_for_update(skip_locked=True)):
        row.late_for = row.due_on
        uow.emit(InquiryLate(subject_id=row.id))
