"""Feedback after a meeting: three questions and free words, without a name and without an hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import Select, func, select

from obshto.modules.meetings.errors import NoSuchMeeting
from obshto.modules.meetings.events import FeedbackSent, MeetingEnded
from obshto.modules.meetings.models import Feedback, Meeting
from obshto.modules.meetings.services.queries import public
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once
from obshto.platform.unit_of_work import UnitOfWork

YES, PARTLY, NO = "yes", "partly", "no"
ANSWERS: Mapping[str, LazyString] = {
    YES: lazy_gettext("Да"),
    PARTLY: lazy_gettext("Отчасти"),
    NO: lazy_gettext("Не"),
}
QUESTIONS: Mapping[str, LazyString] = {
    "heard": lazy_gettext("Можахте ли да кажете каквото искахте?"),
    "clear": lazy_gettext("Разбрахте ли какво е решено и какво следва?"),
    "again": lazy_gettext("Бихте ли дошли пак?"),
}
LEAST = 5  # answers; with fewer somebody in a small village could be recognised
ASKED_WITHIN = timedelta(days=3)  # after the end: later nobody remembers
AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackWords:
    """As sent; each may be empty, not all of them."""

    words: str = ""
    heard: str = ""
    clear: str = ""
    again: str = ""


def send_feedback(
    uow: UnitOfWork, meeting: Meeting, said: FeedbackWords, *, request_id: UUID
) -> None:
    """Keep it for the organiser; the same `request_id` once. Raises NoSuchMeeting too early."""
    if meeting.starts_at > uow.now:
        raise NoSuchMeeting
    row = Feedback(
        request_id=request_id, meeting_id=meeting.id, sent_on=day_of(uow.now), **asdict(said)
    )
    if create_once(uow, row) is not row:
        return
    uow.emit(FeedbackSent(subject_id=meeting.id, meeting_id=meeting.id))


def feedback_of(meeting_id: UUID) -> Select[Feedback]:
    """What people wrote, in no order that tells who was first: by the day."""
    rows = select(Feedback).where(Feedback.meeting_id == meeting_id)
    return rows.order_by(Feedback.sent_on.desc(), Feedback.request_id)


def answer_counts(uow: UnitOfWork, meeting_id: UUID) -> Mapping[str, Mapping[str, int]]:
    """How many answered what, by question; none of a question with fewer than five answers.

    One query.
    """
    counted = {
        (question, answer): func.count().filter(getattr(Feedback, question) == answer)
        for question in QUESTIONS
        for answer in ANSWERS
    }
    rows = select(*counted.values()).where(Feedback.meeting_id == meeting_id)
    numbers = dict(zip(counted, uow.session.execute(rows).one(), strict=True))
    by_question = {
        question: {answer: numbers[question, answer] for answer in ANSWERS}
        for question in QUESTIONS
    }
    return {word: told for word, told in by_question.items() if sum(told.values()) >= LEAST}


def ask_guests(uow: UnitOfWork) -> None:
    """Job: soon after the meeting, whoever said that they come is asked once how it was."""
    ended = public(uow).where(
        Meeting.ends_at < uow.now,
        Meeting.ends_at > uow.now - ASKED_WITHIN,
        Meeting.asked_at.is_(None),
        Meeting.cancelled_at.is_(None),
    )
    rows = ended.order_by(Meeting.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    for meeting in uow.session.scalars(rows):
        meeting.asked_at = uow.now
        uow.emit(MeetingEnded(subject_id=meeting.id, title=meeting.title))
