"""Announce meetings, call them off, take drafts away; nobody is told of a draft."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from obshto.modules.meetings.errors import StaleMeeting
from obshto.modules.meetings.events import (
    MeetingCancelled,
    MeetingDeleted,
    MeetingHidden,
    MeetingNear,
    MeetingPublished,
    MeetingReinstated,
    MeetingRestored,
    MeetingScheduled,
)
from obshto.modules.meetings.models import AgendaItem, Meeting, MeetingInvitation
from obshto.modules.meetings.services.call_desk import void_calls_of_meeting
from obshto.modules.meetings.services.invitations import send_invitations
from obshto.modules.meetings.services.kind import KIND
from obshto.modules.meetings.services.queries import public
from obshto.platform.editorial.events import TextFact
from obshto.platform.editorial.retention import erase_texts, outlived
from obshto.platform.editorial.revisions import sign
from obshto.platform.entity import expect_version
from obshto.platform.publication_window import beginning
from obshto.platform.soft_delete import turn
from obshto.platform.unit_of_work import UnitOfWork

BEFORE = timedelta(hours=30)  # the evening before, wherever in the day the meeting is
AT_ONCE = 200


def publish_meeting(
    uow: UnitOfWork,
    meeting: Meeting,
    *,
    expected_version: int,
    at: datetime | None = None,
    until: datetime | None = None,
) -> None:
    """Everybody sees it from `at` (else from now on); those who follow are told when it shows.

    Raises StaleMeeting, OverBeforeBegun.
    """
    begins = beginning(meeting, at=at, until=until, now=uow.now)
    if meeting.is_published and (meeting.published_at, meeting.until) == (begins, until):
        return
    expect_version(meeting, expected_version, StaleMeeting, who=meeting.changed_by)
    meeting.published_at, meeting.until = begins, until
    sign(uow, meeting)
    if begins > uow.now or meeting.announced_at:
        uow.emit(MeetingScheduled(subject_id=meeting.id, title=meeting.title))
    else:
        _announce(uow, meeting)


def announce_waiting(uow: UnitOfWork) -> None:
    """Job: tell of what shows by now. It shows without this: nobody waits for a job."""
    waiting = public(uow).where(Meeting.announced_at.is_(None)).with_for_update(skip_locked=True)
    for meeting in uow.session.scalars(waiting).all():
        _announce(uow, meeting)


def hide_meeting(uow: UnitOfWork, meeting: Meeting, *, expected_version: int) -> None:
    """Back to the drafts. Raises StaleMeeting."""
    if _turn(uow, meeting, "published_at", None, expected_version):
        meeting.until = None
        uow.emit(MeetingHidden(subject_id=meeting.id, title=meeting.title))


def delete_draft(uow: UnitOfWork, meeting: Meeting, *, expected_version: int) -> None:
    """A draft that nobody heard of; it can come back for 30 days. Raises StaleMeeting."""
    if meeting.announced_at or meeting.is_published:
        raise StaleMeeting(who=meeting.changed_by)
    if _turn(uow, meeting, "deleted_at", uow.now, expected_version):
        uow.emit(MeetingDeleted(subject_id=meeting.id, title=meeting.title))


def restore_draft(uow: UnitOfWork, meeting: Meeting, *, expected_version: int) -> None:
    """Undo a deletion. Raises StaleMeeting."""
    if _turn(uow, meeting, "deleted_at", None, expected_version):
        uow.emit(MeetingRestored(subject_id=meeting.id, title=meeting.title))


def cancel_meeting(uow: UnitOfWork, meeting: Meeting, *, note: str, expected_version: int) -> None:
    """It does not take place, and stays in the calendar with the reason. Raises StaleMeeting."""
    if meeting.cancelled_at and meeting.note == note:
        return
    expect_version(meeting, expected_version, StaleMeeting, who=meeting.changed_by)
    meeting.cancelled_at, meeting.note = meeting.cancelled_at or uow.now, note
    _tell(uow, meeting, MeetingCancelled)


def reinstate_meeting(uow: UnitOfWork, meeting: Meeting, *, expected_version: int) -> None:
    """It takes place after all. Raises StaleMeeting."""
    if meeting.cancelled_at is None:
        return
    expect_version(meeting, expected_version, StaleMeeting, who=meeting.changed_by)
    meeting.cancelled_at, meeting.note = None, ""
    _tell(uow, meeting, MeetingReinstated)


def remind_guests(uow: UnitOfWork) -> None:
    """Job: the day before, whoever said that they come hears of it once."""
    near = public(uow).where(
        Meeting.starts_at > uow.now,
        Meeting.starts_at < uow.now + BEFORE,
        Meeting.reminded_at.is_(None),
        Meeting.cancelled_at.is_(None),
    )
    rows = near.order_by(Meeting.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    for meeting in uow.session.scalars(rows):
        meeting.reminded_at = uow.now
        uow.emit(MeetingNear(subject_id=meeting.id, title=meeting.title))


def erase_deleted(uow: UnitOfWork) -> None:
    """Job: drafts that were deleted 30 days ago are gone for good, versions after three years."""
    gone = outlived(uow, KIND)
    invited = MeetingInvitation.meeting_id.in_(gone)
    uow.session.execute(delete(MeetingInvitation).where(invited))
    uow.session.execute(delete(AgendaItem).where(AgendaItem.meeting_id.in_(gone)))
    erase_texts(uow, KIND, gone)


def _turn(
    uow: UnitOfWork, meeting: Meeting, mark: str, to: datetime | None, expected_version: int
) -> bool:
    refusal = StaleMeeting(who=meeting.changed_by)
    if not turn(uow, meeting, mark, to, expected_version=expected_version, refusal=refusal):
        return False
    sign(uow, meeting)
    return True


def _announce(uow: UnitOfWork, meeting: Meeting) -> None:
    meeting.announced_at = uow.now
    send_invitations(uow, meeting)
    uow.emit(MeetingPublished(subject_id=meeting.id, title=meeting.title))


def _tell(uow: UnitOfWork, meeting: Meeting, fact: type[TextFact]) -> None:
    meeting.sequence += 1
    sign(uow, meeting)
    void_calls_of_meeting(uow, meeting.id)
    uow.emit(fact(subject_id=meeting.id, title=meeting.title))
