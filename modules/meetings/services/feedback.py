"""Feedback after a meeting: free words to the organiser, without a name and without an hour."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.meetings.errors import NoSuchMeeting
from obshto.modules.meetings.events import FeedbackSent
from obshto.modules.meetings.models import Feedback, Meeting
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork


def send_feedback(uow: UnitOfWork, meeting: Meeting, words: str, *, request_id: UUID) -> None:
    """Keep it for the organiser; the same `request_id` once. Raises NoSuchMeeting too early."""
    if meeting.starts_at > uow.now:
        raise NoSuchMeeting
    row = Feedback(
        request_id=request_id, meeting_id=meeting.id, words=words, sent_on=day_of(uow.now)
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
            uow.session.flush()
    except IntegrityError:  # sent twice
        return
    uow.emit(FeedbackSent(subject_id=meeting.id, meeting_id=meeting.id))


def feedback_of(meeting_id: UUID) -> Select[Feedback]:
    """What people wrote, in no order that tells who was first: by the day."""
    rows = select(Feedback).where(Feedback.meeting_id == meeting_id)
    return rows.order_by(Feedback.sent_on.desc(), Feedback.request_id)
