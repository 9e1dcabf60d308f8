"""Questions in the room: asked and voted up by who is there, taken one by one by who leads."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from obshto.modules.meetings.errors import NoSuchQuestion, RoomNotOpen, StaleQuestion
from obshto.modules.meetings.events import QuestionSettled, QuestionSupported, QuestionTaken
from obshto.modules.meetings.models import GuestQuestion, Meeting, RoomParticipant
from obshto.modules.meetings.services.question_support import PART
from obshto.modules.meetings.services.questions import (
    SHOWN,
    QuestionWords,
    ask_question,
    question_of,
)
from obshto.modules.meetings.services.straw_polls import may_vote
from obshto.modules.meetings.services.video_room import open_room_of
from obshto.platform.entity import expect_version
from obshto.platform.support.services import Supporter, give_support
from obshto.platform.unit_of_work import UnitOfWork


def ask_in_room(
    uow: UnitOfWork, meeting: Meeting, place: RoomParticipant, words: str, *, request_id: UUID
) -> GuestQuestion:
    """Keep it for a moderator, of whoever is in the room. Raises RoomNotOpen."""
    _check_inside(uow, meeting, place)
    asked = QuestionWords(words=words, in_room=True)
    return ask_question(uow, meeting, asked, request_id=request_id)


def support_in_room(
    uow: UnitOfWork,
    meeting: Meeting,
    place: RoomParticipant,
    question_id: UUID,
    *,
    request_id: UUID,
) -> None:
    """Count somebody in the room once; an account is one person in the room and before.

    Raises RoomNotOpen, NoSuchQuestion.
    """
    _check_inside(uow, meeting, place)
    question = question_of(uow, question_id)
    if question.meeting_id != meeting.id or question.state != SHOWN:
        raise NoSuchQuestion
    me = uow.principal.person_id
    supporter = Supporter(person_id=me) if me else Supporter(device=str(place.id))
    if give_support(uow, PART, question.id, supporter, request_id=request_id).is_new:
        uow.emit(QuestionSupported(subject_id=question.id, meeting_id=meeting.id))


def take_question(uow: UnitOfWork, question: GuestQuestion, *, expected_version: int) -> None:
    """It is spoken of now; the one before it, if it was not answered, waits again.

    Raises StaleQuestion.
    """
    if question.taken_at:
        return
    _expect(question, expected_version)
    others = select(GuestQuestion).where(
        GuestQuestion.meeting_id == question.meeting_id, GuestQuestion.taken_at.is_not(None)
    )
    for other in uow.session.scalars(others):
        other.taken_at = None
    question.taken_at, question.settled_at = uow.now, None
    uow.emit(QuestionTaken(subject_id=question.id, meeting_id=question.meeting_id))


def settle_question(uow: UnitOfWork, question: GuestQuestion, *, expected_version: int) -> None:
    """It was answered in the room. Raises StaleQuestion."""
    if question.settled_at:
        return
    _expect(question, expected_version)
    question.settled_at, question.taken_at = uow.now, None
    uow.emit(QuestionSettled(subject_id=question.id, meeting_id=question.meeting_id))


def _expect(question: GuestQuestion, expected_version: int) -> None:
    """Raises NoSuchQuestion for what nobody let in, StaleQuestion."""
    if question.state != SHOWN:
        raise NoSuchQuestion
    expect_version(question, expected_version, StaleQuestion)


def _check_inside(uow: UnitOfWork, meeting: Meeting, place: RoomParticipant) -> None:
    open_room_of(uow, meeting)
    if not may_vote(meeting, place):
        raise RoomNotOpen
