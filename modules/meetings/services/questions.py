"""Questions before a meeting: asked, let in or returned by a moderator, answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import defer
from sqlalchemy.sql.base import ExecutableOption

from obshto.modules.meetings.errors import NoSuchQuestion, QuestionsClosed, StaleQuestion
from obshto.modules.meetings.events import (
    MeetingFact,
    QuestionAnswered,
    QuestionAsked,
    QuestionDeclined,
    QuestionShown,
)
from obshto.modules.meetings.models import GuestQuestion, Meeting
from obshto.platform.cases.channels import PORTAL
from obshto.platform.entity import expect_version
from obshto.platform.questions.services import keep_question, question_by
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment

WAITING, SHOWN, DECLINED = "waiting", "shown", "declined"
STATES: dict[str, LazyString] = {
    WAITING: lazy_gettext("Чака преглед"),
    SHOWN: lazy_gettext("Показан"),
    DECLINED: lazy_gettext("Върнат"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWords:
    """A question as typed; name and e-mail may be empty and are for the answer alone."""

    words: str
    name: str = ""
    email: str = ""
    language: str = "bg"
    channel: str = PORTAL
    in_room: bool = False  # while the meeting goes on, by who is there


def ask_question(
    uow: UnitOfWork, meeting: Meeting, asked: QuestionWords, *, request_id: UUID
) -> GuestQuestion:
    """Keep it for a moderator. The same `request_id` again finds the first.

    Raises QuestionsClosed.
    """
    if known := question_by(uow, GuestQuestion, request_id):
        return known
    if meeting.cancelled_at or (meeting.starts_at <= uow.now and not asked.in_room):
        raise QuestionsClosed(when=moment(meeting.starts_at))
    by_staff = asked.channel != PORTAL
    question = GuestQuestion(
        request_id=request_id,
        meeting_id=meeting.id,
        person_id=None if by_staff else uow.principal.person_id,
        name=asked.name,
        email=asked.email,
        words=asked.words,
        language=asked.language,
        channel=asked.channel,
        entered_by_id=uow.principal.person_id if by_staff else None,
        entered_by=uow.principal.name if by_staff else "",
        state=WAITING,
        public_words="",
        reason="",
        answer="",
        asked_at=uow.now,
    )
    kept, is_new = keep_question(uow, question)
    if is_new:
        _tell(uow, kept, QuestionAsked)
    return kept


def show_question(
    uow: UnitOfWork, question: GuestQuestion, public_words: str, *, expected_version: int
) -> None:
    """Everybody reads these words from now on. Raises StaleQuestion."""
    if question.state == SHOWN and question.public_words == public_words:
        return
    expect_version(question, expected_version, StaleQuestion)
    question.state, question.public_words, question.reason = SHOWN, public_words, ""
    _tell(uow, question, QuestionShown)


def decline_question(
    uow: UnitOfWork, question: GuestQuestion, reason: str, *, expected_version: int
) -> None:
    """It is not shown; who asked is told why. Raises StaleQuestion."""
    if question.state == DECLINED and question.reason == reason:
        return
    expect_version(question, expected_version, StaleQuestion)
    question.state, question.reason, question.public_words = DECLINED, reason, ""
    _tell(uow, question, QuestionDeclined)


def answer_question(
    uow: UnitOfWork, question: GuestQuestion, answer: str, *, expected_version: int
) -> None:
    """An answer in writing, below the question. Raises StaleQuestion."""
    if question.answer == answer:
        return
    expect_version(question, expected_version, StaleQuestion)
    question.answer, question.answered_at = answer, uow.now
    question.answered_by_id, question.answered_by = uow.principal.person_id, uow.principal.name
    _tell(uow, question, QuestionAnswered)


def question_of(uow: UnitOfWork, question_id: UUID, *, to_change: bool = False) -> GuestQuestion:
    """For staff and letters. Raises NoSuchQuestion."""
    found = uow.session.get(GuestQuestion, question_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchQuestion
    return found


def questions_of(meeting_id: UUID, state: str = SHOWN) -> Select[GuestQuestion]:
    """Those of a meeting in one state, as they came."""
    rows = select(GuestQuestion).where(
        GuestQuestion.meeting_id == meeting_id, GuestQuestion.state == state
    )
    rows = rows.options(*_unshown(state))
    return rows.order_by(GuestQuestion.asked_at, GuestQuestion.id)


def questions_in(state: str) -> Select[GuestQuestion]:
    """Those of all meetings in one state: what waits the oldest first, else the latest first."""
    rows = select(GuestQuestion).where(GuestQuestion.state == state).options(*_unshown(state))
    if state == WAITING:
        return rows.order_by(GuestQuestion.asked_at, GuestQuestion.id)
    return rows.order_by(GuestQuestion.asked_at.desc(), GuestQuestion.id)


def waiting() -> Select[GuestQuestion]:
    """Queue of the moderators."""
    return questions_in(WAITING)


def _unshown(state: str) -> Iterator[ExecutableOption]:
    """What no list shows; of what everybody reads also the words as they were sent."""
    yield defer(GuestQuestion.name)
    if state == SHOWN:
        yield from map(defer, (GuestQuestion.email, GuestQuestion.words))


def _tell(uow: UnitOfWork, question: GuestQuestion, fact: type[MeetingFact]) -> None:
    uow.emit(fact(subject_id=question.id, meeting_id=question.meeting_id))
