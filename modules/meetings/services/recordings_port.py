"""Agendas as the part of videos meets them, and the recordings that it has of a meeting."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select

from obshto.modules.meetings.models import AgendaItem, Decision, Meeting, MinuteEntry
from obshto.modules.meetings.services import queries
from obshto.platform.modularity.meeting_recordings import (
    MeetingRecording,
    MeetingRecordings,
    RecordedMeeting,
    RecordedPoint,
    RecordingMinute,
)
from obshto.platform.modularity.ports import port_here
from obshto.platform.unit_of_work import UnitOfWork


class Agendas:
    """Supplies `MeetingAgendas`."""

    def recorded(self, uow: UnitOfWork, *, most: int) -> Sequence[RecordedMeeting]:
        rows = queries.public(uow).where(Meeting.starts_at <= uow.now)
        rows = rows.order_by(Meeting.starts_at.desc(), Meeting.id).limit(most)
        return [_told(meeting) for meeting in uow.session.scalars(rows.options(*queries.LIGHT))]

    def meetings_of(self, uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, RecordedMeeting]:
        rows = queries.public(uow).where(Meeting.id.in_(ids)).options(*queries.LIGHT)
        return {meeting.id: _told(meeting) for meeting in uow.session.scalars(rows)}

    def points_of(self, uow: UnitOfWork, meeting_id: UUID) -> Sequence[RecordedPoint]:
        items = queries.items_of(uow, meeting_id)
        return [RecordedPoint(id=item.id, title=item.title) for item in items]


def recordings_of(uow: UnitOfWork, *meeting_ids: UUID) -> Sequence[MeetingRecording]:
    """Public recordings of these meetings; nothing where the part of videos is off."""
    port = port_here(MeetingRecordings) if meeting_ids else None
    return port.recordings_of(uow, *meeting_ids) if port else ()


def recorder_of(uow: UnitOfWork) -> str | None:
    """Where whoever leads begins a recording; None where they may not or videos are off."""
    port = port_here(MeetingRecordings)
    return port.recorder(uow) if port else None


def may_be_recorded() -> bool:
    """Whether videos are on here, so that people are told before they enter."""
    return port_here(MeetingRecordings) is not None


def minutes_by_item(recordings: Sequence[MeetingRecording]) -> dict[UUID, RecordingMinute]:
    """Moment at which each point begins, in the first recording that says it."""
    minutes: dict[UUID, RecordingMinute] = {}
    for recording in recordings:
        for minute in recording.minutes:
            minutes.setdefault(minute.item_id, minute)
    return minutes


def minutes_of_decisions(
    uow: UnitOfWork, decisions: Sequence[Decision], minutes: dict[UUID, RecordingMinute]
) -> dict[UUID, RecordingMinute]:
    """The same by the entries of which decisions came. One query, none without minutes."""
    if not (minutes and decisions):
        return {}
    entries = [decision.entry_id for decision in decisions]
    rows = select(MinuteEntry.id, MinuteEntry.item_id).where(MinuteEntry.id.in_(entries))
    found = uow.session.execute(rows)
    return {entry: minutes[item] for entry, item in found if item in minutes}


def minutes_by_number(
    items: Sequence[AgendaItem], minutes: dict[UUID, RecordingMinute]
) -> dict[int, RecordingMinute]:
    """The same by the number of a point, as an edition of the minutes has it."""
    told = enumerate(items, 1)
    return {number: minutes[item.id] for number, item in told if item.id in minutes}


def _told(meeting: Meeting) -> RecordedMeeting:
    return RecordedMeeting(
        id=meeting.id, title=meeting.title, starts_at=meeting.starts_at, path=meeting.path
    )
