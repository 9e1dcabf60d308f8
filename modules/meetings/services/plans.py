"""Plan of a meeting: begun as a draft, changed, published with what changed told to people.

Each act says how the meeting shall be, and which version its author saw. Where it is so already,
nothing is done: that was the same form, sent twice.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.meetings.errors import (
    MeetingEndsTooEarly,
    MeetingTooLong,
    MoveNeedsReason,
    StaleMeeting,
)
from obshto.modules.meetings.events import (
    MeetingCorrected,
    MeetingEdited,
    MeetingMoved,
    MeetingWritten,
)
from obshto.modules.meetings.models import Meeting
from obshto.modules.meetings.services.call_desk import void_calls_of_meeting
from obshto.modules.meetings.services.kind import KIND
from obshto.platform.content.wheelchair import WheelchairAccess
from obshto.platform.db.base import new_id
from obshto.platform.editorial.html import render
from obshto.platform.editorial.revisions import keep_version, sign
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

LONGEST = timedelta(days=3)
WORDS = ("title", "summary", "markdown")
OF_CALENDARS = ("starts_at", "ends_at", "settlement", "address")  # news to calendar programs


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingPlan:
    """A meeting as typed: its words, its kind, when, where, who leads, how to join from afar."""

    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    summary: str = ""
    markdown: str = ""
    settlement: str = ""
    address: str = ""
    organizer: str = ""
    access: str = WheelchairAccess.UNKNOWN
    transport: str = ""
    seats: int | None = None
    moderators: str = ""
    minute_taker: str = ""
    video_link: str = ""
    has_room: bool = False
    phone_bridge: str = ""
    contact: str = ""
    feedback_link: str = ""


NAMES = tuple(field.name for field in fields(MeetingPlan))


def plan_of(meeting: Meeting) -> MeetingPlan:
    """The plan as it is stored."""
    return MeetingPlan(**{name: getattr(meeting, name) for name in NAMES})


def write_meeting(uow: UnitOfWork, plan: MeetingPlan, *, request_id: UUID) -> Meeting:
    """A new draft. The same `request_id` again answers the first one.

    Raises MeetingEndsTooEarly, MeetingTooLong, TextTooLong.
    """
    _check_span(plan)
    again = select(Meeting).where(Meeting.request_id == request_id)
    if known := uow.session.scalar(again):
        return known
    try:
        with uow.session.begin_nested():
            meeting = _new(uow, plan, request_id)
    except IntegrityError:  # a second click in the same instant
        return uow.session.scalars(again).one()
    uow.emit(MeetingWritten(subject_id=meeting.id, title=meeting.title))
    return meeting


def edit_meeting(
    uow: UnitOfWork, meeting: Meeting, plan: MeetingPlan, *, note: str = "", expected_version: int
) -> None:
    """Save it. Another time or place of a published one is told to whoever comes, with `note`.

    Raises StaleMeeting, MoveNeedsReason, MeetingEndsTooEarly, MeetingTooLong, TextTooLong.
    """
    _check_span(plan)
    before = plan_of(meeting)
    if before == plan:
        return
    is_moved = _differs(before, plan, OF_CALENDARS)
    _check_edit(meeting, expected_version, has_reason=bool(note) or not is_moved)
    if _differs(before, plan, WORDS):
        keep_version(uow, KIND, meeting)
    _put(uow, meeting, plan)
    sign(uow, meeting)
    fact: type[MeetingEdited | MeetingMoved | MeetingCorrected] = MeetingEdited
    if meeting.is_published:
        fact = MeetingMoved if is_moved else MeetingCorrected
    if is_moved:
        meeting.sequence += 1
    if fact is MeetingMoved:
        meeting.note = note
        void_calls_of_meeting(uow, meeting.id)
        if before.starts_at != plan.starts_at:
            meeting.moved_from, meeting.reminded_at = before.starts_at, None
    uow.emit(fact(subject_id=meeting.id, title=meeting.title))


def _check_edit(meeting: Meeting, expected_version: int, *, has_reason: bool) -> None:
    expect_version(meeting, expected_version, StaleMeeting, who=meeting.changed_by)
    if meeting.is_published and not has_reason:
        raise MoveNeedsReason


def _differs(before: MeetingPlan, plan: MeetingPlan, names: tuple[str, ...]) -> bool:
    return any(getattr(before, name) != getattr(plan, name) for name in names)


def tick_checks(
    uow: UnitOfWork, meeting: Meeting, checks: list[str], *, expected_version: int
) -> None:
    """What the organiser has seen to, of what no program can see. Raises StaleMeeting."""
    # Boxes that stay empty look like nothing to do: only who has seen the page did nothing.
    if sorted(checks) == sorted(meeting.checks) and 0 < expected_version <= meeting.version:
        return
    expect_version(meeting, expected_version, StaleMeeting, who=meeting.changed_by)
    meeting.checks = sorted(checks)
    sign(uow, meeting)
    uow.emit(MeetingEdited(subject_id=meeting.id, title=meeting.title))


def _check_span(plan: MeetingPlan) -> None:
    if plan.ends_at <= plan.starts_at:
        raise MeetingEndsTooEarly
    if plan.ends_at - plan.starts_at > LONGEST:
        raise MeetingTooLong


def _put(uow: UnitOfWork, meeting: Meeting, plan: MeetingPlan) -> None:
    render(uow, KIND, meeting, plan.markdown)
    for name in NAMES:
        setattr(meeting, name, getattr(plan, name))


def _new(uow: UnitOfWork, plan: MeetingPlan, request_id: UUID) -> Meeting:
    told: dict[str, Any] = {"checks": [], "note": "", "sequence": 0, "language": SOURCE}
    meeting = Meeting(
        id=new_id(),
        request_id=request_id,
        written_at=uow.now,
        author_id=uow.principal.person_id,
        **told,
    )
    _put(uow, meeting, plan)
    sign(uow, meeting)
    uow.session.add(meeting)
    uow.session.flush()
    return meeting
