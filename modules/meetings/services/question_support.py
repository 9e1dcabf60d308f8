"""Support of questions: whoever takes part says once which answers they wait for as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from obshto.modules.meetings.errors import NoSuchQuestion, QuestionsClosed
from obshto.modules.meetings.events import QuestionSupported
from obshto.modules.meetings.models import Guest, GuestQuestion, Meeting
from obshto.modules.meetings.services.questions import SHOWN, question_of, questions_of
from obshto.platform.support.services import Supporter, SupportTotals, counts_of, give_support
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment

PART = "meetings"
MOST = 100


def support_question(
    uow: UnitOfWork, meeting: Meeting, guest: Guest, question_id: UUID, *, request_id: UUID
) -> None:
    """Count a guest once, until the meeting begins. Raises NoSuchQuestion, QuestionsClosed."""
    question = question_of(uow, question_id)
    if question.meeting_id != meeting.id or question.state != SHOWN:
        raise NoSuchQuestion
    if meeting.cancelled_at or meeting.starts_at <= uow.now:
        raise QuestionsClosed(when=moment(meeting.starts_at))
    # Who has an account is one person whatever they register; else the registration is.
    known = {"person_id": guest.person_id} if guest.person_id else {"device": str(guest.id)}
    supporter = Supporter(**known, channel=guest.channel)
    if give_support(uow, PART, question.id, supporter, request_id=request_id).is_new:
        uow.emit(QuestionSupported(subject_id=question.id, meeting_id=meeting.id))


def supported_questions(
    uow: UnitOfWork, meeting_id: UUID
) -> tuple[Sequence[GuestQuestion], Mapping[UUID, SupportTotals]]:
    """Those that everybody reads, with their counts: what is spoken of now, then what most wait
    for, then what was answered in the room. Two queries.
    """
    found = uow.session.scalars(questions_of(meeting_id).limit(MOST)).all()
    counts = counts_of(uow, PART, [question.id for question in found])

    def turn(question: GuestQuestion) -> tuple[bool, bool, int]:
        is_settled, is_taken = bool(question.settled_at), bool(question.taken_at)
        return is_settled, not is_taken, -counts[question.id].total

    return sorted(found, key=turn), counts
