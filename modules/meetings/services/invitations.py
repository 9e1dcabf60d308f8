"""Invitations to a meeting: groups by a letter each when it is announced, else on paper.

Whoever says through the letter's link, from the address invited or to a clerk by the group's name
that they come answers for the group; a clerk marks what was said otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import select

from obshto.modules.meetings.errors import (
    MeetingCancelledAlready,
    MeetingOver,
    NoSuchInvitation,
    StaleMeeting,
)
from obshto.modules.meetings.events import GroupAnswered, GroupInvited, GroupsChanged
from obshto.modules.meetings.models import Meeting, MeetingInvitation
from obshto.platform.entity import expect_version
from obshto.platform.invitations.errors import InvitationSent
from obshto.platform.invitations.services import InvitationList
from obshto.platform.unit_of_work import UnitOfWork

INVITED = InvitationList(MeetingInvitation, MeetingInvitation.meeting_id)
COMES, DECLINES = "comes", "declines"
ANSWERS: Mapping[str, LazyString] = {
    COMES: lazy_gettext("Ще дойдат"),
    DECLINES: lazy_gettext("Няма да дойдат"),
}


def invite(
    uow: UnitOfWork, meeting: Meeting, *, name: str, email: str, request_id: UUID
) -> MeetingInvitation:
    """One group; the same `request_id` answers the first. The meeting is locked.

    Raises MeetingOver, MeetingCancelledAlready, InvitedBefore, TooManyInvited.
    """
    if first := INVITED.of_request(uow, request_id):
        return first
    if meeting.ends_at <= uow.now:
        raise MeetingOver
    if meeting.cancelled_at:
        raise MeetingCancelledAlready
    row = INVITED.add(uow, meeting.id, name=name, email=email, request_id=request_id)
    if meeting.announced_at and email:
        _send(uow, row)
    else:
        uow.emit(GroupsChanged(subject_id=meeting.id, meeting_id=meeting.id))
    return row


def withdraw_invitation(
    uow: UnitOfWork, meeting: Meeting, invitation_id: UUID, *, expected_version: int
) -> None:
    """Before it was sent; twice changes nothing. Raises InvitationSent, StaleMeeting."""
    row = uow.session.get(MeetingInvitation, invitation_id)
    if row is None or row.meeting_id != meeting.id:
        return
    if row.sent_at:
        raise InvitationSent
    refuse_stale(meeting, expected_version)
    uow.session.delete(row)
    uow.session.flush()
    uow.emit(GroupsChanged(subject_id=meeting.id, meeting_id=meeting.id))


def send_invitations(uow: UnitOfWork, meeting: Meeting) -> None:
    """It is announced: a letter to each group with an address."""
    for row in INVITED.rows(uow, meeting.id):
        if row.sent_at is None and row.email_hash:
            _send(uow, row)


def hand_over(
    uow: UnitOfWork, meeting: Meeting, invitation_id: UUID, *, expected_version: int
) -> None:
    """The printed invitation is with the group. Twice is once.

    Raises NoSuchInvitation, StaleMeeting.
    """
    row = invitation_of(uow, meeting, invitation_id)
    if row.sent_at is None:
        refuse_stale(meeting, expected_version)
        row.sent_at = uow.now
        uow.emit(GroupsChanged(subject_id=meeting.id, meeting_id=meeting.id))


def refuse_stale(meeting: Meeting, expected_version: int) -> None:
    """Raises StaleMeeting: what the group is invited to was changed meanwhile."""
    expect_version(meeting, expected_version, StaleMeeting, who=meeting.changed_by)


def answer_invitation(uow: UnitOfWork, invitation_id: UUID | None, answer: str) -> None:
    """What a group said, by a guest who comes for it or to a clerk; None is nobody's."""
    row = uow.session.get(MeetingInvitation, invitation_id) if invitation_id else None
    if row and row.answer != answer:
        row.answer, row.answered_at = answer, uow.now
        uow.emit(GroupAnswered(subject_id=row.id, meeting_id=row.meeting_id))


def invitation_of(uow: UnitOfWork, meeting: Meeting, invitation_id: UUID) -> MeetingInvitation:
    """One of this meeting. Raises NoSuchInvitation."""
    found = uow.session.get(MeetingInvitation, invitation_id)
    if found is None or found.meeting_id != meeting.id:
        raise NoSuchInvitation
    return found


def written_groups(uow: UnitOfWork, meeting_id: UUID) -> Sequence[MeetingInvitation]:
    """Groups that got a letter and did not say that they stay away, with their addresses."""
    rows = select(MeetingInvitation).where(
        MeetingInvitation.meeting_id == meeting_id,
        MeetingInvitation.sent_at.is_not(None),
        MeetingInvitation.email_hash.is_not(None),
        MeetingInvitation.answer != DECLINES,
    )
    return uow.session.scalars(rows.order_by(MeetingInvitation.id)).all()


def _send(uow: UnitOfWork, row: MeetingInvitation) -> None:
    row.sent_at = uow.now
    uow.session.flush()
    uow.emit(GroupInvited(subject_id=row.id, meeting_id=row.meeting_id))
