"""Retention of meetings: who came and who asked is forgotten, minutes and decisions stay."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select, update

from obshto.modules.meetings.models import (
    Feedback,
    Guest,
    GuestCall,
    GuestQuestion,
    Meeting,
    MeetingInvitation,
    MeetingReport,
    MinuteEntry,
    MinuteRecord,
    RoomParticipant,
    StrawPoll,
    StrawVote,
)
from obshto.modules.meetings.services.invitations import INVITED
from obshto.modules.meetings.services.kind import KIND
from obshto.modules.meetings.services.question_support import PART
from obshto.modules.meetings.services.questions import SHOWN
from obshto.platform.calls.services import forget_caller
from obshto.platform.clock import day_of
from obshto.platform.editorial.retention import forget_names
from obshto.platform.support.services import anonymize
from obshto.platform.unit_of_work import UnitOfWork

GUESTS_KEPT = timedelta(days=30)  # after the meeting: to answer what was asked there
FEEDBACK_KEPT = timedelta(days=365)
LOOKED_BACK = timedelta(days=400)  # what is older was emptied long ago


def forget_old_guests(uow: UnitOfWork) -> None:
    """Job: a month after a meeting nothing says who came and who asked."""
    over = select(Meeting.id).where(Meeting.ends_at < uow.now - GUESTS_KEPT)
    polls = select(StrawPoll.id).where(StrawPoll.meeting_id.in_(over))
    uow.session.execute(delete(StrawVote).where(StrawVote.poll_id.in_(polls)))
    _delete_calls(uow, Guest.meeting_id.in_(over))
    for model in (StrawPoll, Guest, RoomParticipant):
        uow.session.execute(delete(model).where(model.meeting_id.in_(over)))
    INVITED.forget_addresses(uow, MeetingInvitation.meeting_id.in_(over))
    lately = over.where(Meeting.ends_at > uow.now - LOOKED_BACK)
    _forget_askers(uow, GuestQuestion.meeting_id.in_(lately))
    asked = select(GuestQuestion.id).where(GuestQuestion.meeting_id.in_(lately))
    anonymize(uow, PART, uow.session.scalars(asked).all())
    old = day_of(uow.now - FEEDBACK_KEPT)
    uow.session.execute(delete(Feedback).where(Feedback.sent_on < old))


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """What somebody said from their account goes at once; of staff no name stays."""
    _delete_calls(uow, Guest.person_id == person_id)
    uow.session.execute(delete(Guest).where(Guest.person_id == person_id))
    forget_caller(uow, GuestCall, person_id)
    _forget_askers(uow, GuestQuestion.person_id == person_id)
    forget_names(uow, KIND, person_id)
    for model, column, values in (
        (Guest, Guest.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (GuestQuestion, GuestQuestion.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (GuestQuestion, GuestQuestion.answered_by_id, {"answered_by_id": None, "answered_by": ""}),
        (MinuteEntry, MinuteEntry.changed_by_id, {"changed_by_id": None, "changed_by": ""}),
        (MeetingReport, MeetingReport.changed_by_id, {"changed_by_id": None, "changed_by": ""}),
        (MinuteRecord, MinuteRecord.published_by_id, {"published_by_id": None, "published_by": ""}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))


def _delete_calls(uow: UnitOfWork, guests: ColumnElement[bool]) -> None:
    about = GuestCall.guest_id.in_(select(Guest.id).where(guests))
    uow.session.execute(delete(GuestCall).where(about))


def _forget_askers(uow: UnitOfWork, condition: ColumnElement[bool]) -> None:
    """What is shown stays as the municipality's words; the rest is gone."""
    uow.session.execute(delete(GuestQuestion).where(condition, GuestQuestion.state != SHOWN))
    for row in uow.session.scalars(select(GuestQuestion).where(condition)):
        if row.words:
            row.person_id, row.name, row.email, row.words = None, "", "", ""
    uow.session.flush()
