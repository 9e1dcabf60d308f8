"""Minutes of a meeting: entries drafted under the agenda, published as editions that never change.

A correction is made in the entries and published as the next edition with its reason; what was
published before stays to be read. Decisions are taken out of each edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.meetings.errors import (
    NoSuchMinutes,
    NotHeldYet,
    NothingRecorded,
    ReasonNeeded,
    StaleMeeting,
    StaleMinutes,
)
from obshto.modules.meetings.events import (
    AttendanceCounted,
    DecisionAnnounced,
    MinutesPublished,
    MinutesWritten,
)
from obshto.modules.meetings.models import AgendaItem, Meeting, MinuteEntry, MinuteRecord
from obshto.modules.meetings.services.decisions import take_decisions
from obshto.modules.meetings.services.kinds import council_records
from obshto.modules.meetings.services.queries import items_of
from obshto.platform.entity import create_once, expect_version, of_request
from obshto.platform.unit_of_work import UnitOfWork

NUMBERS = ("attended_room", "attended_video", "attended_phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryWords:
    """An entry as typed. Votes are empty where nobody voted; the decision where none was taken."""

    text: str = ""
    motion: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstained: int | None = None
    number: str = ""
    decision: str = ""
    follows: str = ""
    owner: str = ""
    due_on: date | None = None


FIELDS = tuple(field.name for field in fields(EntryWords))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """How many took part, by the way in which they did; empty where nobody counted."""

    attended_room: int | None
    attended_video: int | None
    attended_phone: int | None


def write_entry(
    uow: UnitOfWork, item: AgendaItem, words: EntryWords, *, request_id: UUID
) -> MinuteEntry:
    """A new entry under a point; the same `request_id` writes it once."""
    again = select(MinuteEntry).where(MinuteEntry.request_id == request_id)
    if known := uow.session.scalar(again):
        return known
    entry = MinuteEntry(request_id=request_id, meeting_id=item.meeting_id, item_id=item.id)
    _put(uow, entry, words)
    if (first := create_once(uow, entry)) is not entry:
        return first
    uow.emit(MinutesWritten(subject_id=entry.id, meeting_id=entry.meeting_id))
    return entry


def edit_entry(
    uow: UnitOfWork, entry: MinuteEntry, words: EntryWords, *, expected_version: int
) -> None:
    """Save it; what was published stays as it was until the next edition. Raises StaleMinutes."""
    if all(getattr(entry, name) == getattr(words, name) for name in FIELDS):
        return
    expect_version(entry, expected_version, StaleMinutes, who=entry.changed_by)
    _put(uow, entry, words)
    uow.emit(MinutesWritten(subject_id=entry.id, meeting_id=entry.meeting_id))
    if entry.announced_at:  # read by everybody already: pages show it as it is now
        uow.emit(DecisionAnnounced(subject_id=entry.id, meeting_id=entry.meeting_id))


def count_attendance(
    uow: UnitOfWork, meeting: Meeting, attendance: Attendance, *, expected_version: int
) -> None:
    """How many came. Raises StaleMeeting."""
    if all(getattr(meeting, name) == getattr(attendance, name) for name in NUMBERS):
        return
    expect_version(meeting, expected_version, StaleMeeting, who=meeting.changed_by)
    for name in NUMBERS:
        setattr(meeting, name, getattr(attendance, name))
    uow.emit(AttendanceCounted(subject_id=meeting.id, meeting_id=meeting.id))


def publish_minutes(
    uow: UnitOfWork, meeting: Meeting, *, why: str, request_id: UUID
) -> MinuteRecord:
    """The next edition out of the entries as they are now; the same `request_id` makes it once.

    Nothing is made where the last edition says the same. The meeting must be locked. Raises
    NotHeldYet, NothingRecorded, ReasonNeeded.
    """
    known = of_request(uow, MinuteRecord, request_id)
    if known:
        return known
    if meeting.starts_at > uow.now or not meeting.is_published:
        raise NotHeldYet
    entries = entries_of(uow, meeting.id)
    if not entries:
        raise NothingRecorded
    content = _content(uow, meeting, items_of(uow, meeting.id), entries)
    last = latest_record(uow, meeting.id)
    if last and last.content == content:
        return last
    if last and not why:
        raise ReasonNeeded
    record = MinuteRecord(
        request_id=request_id,
        meeting_id=meeting.id,
        edition=last.edition + 1 if last else 1,
        content=content,
        why=why if last else "",
        published_at=uow.now,
        published_by=uow.principal.name,
        published_by_id=uow.principal.person_id,
    )
    uow.session.add(record)
    uow.session.flush()
    take_decisions(uow, meeting, entries)
    uow.emit(MinutesPublished(subject_id=meeting.id, title=meeting.title))
    return record


def entries_of(uow: UnitOfWork, meeting_id: UUID) -> Sequence[MinuteEntry]:
    """All entries of a meeting as they were begun. One query."""
    rows = select(MinuteEntry).where(MinuteEntry.meeting_id == meeting_id)
    return uow.session.scalars(rows.order_by(MinuteEntry.id)).all()


def entry_of(uow: UnitOfWork, entry_id: UUID, *, to_change: bool = False) -> MinuteEntry:
    """For staff. Raises NoSuchMinutes."""
    found = uow.session.get(MinuteEntry, entry_id, with_for_update=to_change or None)
    if found is None:
        raise NoSuchMinutes
    return found


def records_of(uow: UnitOfWork, meeting_id: UUID) -> Sequence[MinuteRecord]:
    """The editions, the last first. One query."""
    rows = select(MinuteRecord).where(MinuteRecord.meeting_id == meeting_id)
    return uow.session.scalars(rows.order_by(MinuteRecord.edition.desc())).all()


def latest_record(uow: UnitOfWork, meeting_id: UUID) -> MinuteRecord | None:
    """The last edition, or None."""
    rows = select(MinuteRecord).where(MinuteRecord.meeting_id == meeting_id)
    return uow.session.scalar(rows.order_by(MinuteRecord.edition.desc()).limit(1))


def is_unpublished(
    uow: UnitOfWork,
    meeting: Meeting,
    items: Sequence[AgendaItem],
    entries: Sequence[MinuteEntry],
    last: MinuteRecord | None,
) -> bool:
    """Whether the entries say something that the last edition does not."""
    if not entries:
        return False
    return last is None or last.content != _content(uow, meeting, items, entries)


def _put(uow: UnitOfWork, entry: MinuteEntry, words: EntryWords) -> None:
    for name in FIELDS:
        setattr(entry, name, getattr(words, name))
    entry.changed_at, entry.changed_by = uow.now, uow.principal.name
    entry.changed_by_id = uow.principal.person_id


def _content(
    uow: UnitOfWork,
    meeting: Meeting,
    items: Sequence[AgendaItem],
    entries: Sequence[MinuteEntry],
) -> dict[str, Any]:
    """The minutes as programs read them, and as the page shows them."""
    port = council_records(meeting)
    known = dict(port.record_of(uow, meeting.id)) if port else {}
    calls = known.pop("roll_calls", {})
    return known | {
        "title": meeting.title,
        "kind": meeting.kind,
        "organizer": meeting.organizer,
        "place": meeting.address,
        "starts_at": meeting.starts_at.isoformat(),
        "ends_at": meeting.ends_at.isoformat(),
        "moderators": meeting.moderators,
        "minute_taker": meeting.minute_taker,
        "attended": {name.partition("_")[2]: getattr(meeting, name) for name in NUMBERS},
        "agenda": [
            {
                "number": number,
                "title": item.title,
                "presenter": item.presenter,
                "entries": [_entry(one) for one in entries if one.item_id == item.id],
                **({"roll_calls": calls[str(item.id)]} if str(item.id) in calls else {}),
            }
            for number, item in enumerate(items, 1)
        ],
    }


def _entry(entry: MinuteEntry) -> dict[str, Any]:
    told = {name: getattr(entry, name) for name in FIELDS if name != "due_on"}
    return told | {"due_on": entry.due_on.isoformat() if entry.due_on else None}
