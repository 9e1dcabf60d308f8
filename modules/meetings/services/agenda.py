"""Agenda of a meeting: its points in order, each with the hour that follows from those before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from obshto.modules.meetings.errors import (
    ItemHasMaterials,
    ItemHasMinutes,
    StaleMeeting,
    TooManyItems,
)
from obshto.modules.meetings.events import AgendaChanged, AgendaPointRemoved
from obshto.modules.meetings.models import AgendaItem, Meeting, MinuteEntry
from obshto.modules.meetings.services.kinds import council_records
from obshto.modules.meetings.services.queries import items_of
from obshto.platform.entity import create_once, expect_version
from obshto.platform.unit_of_work import UnitOfWork

MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPoint:
    """A point as typed; `position` counts from one, `source` is the thing that it came from."""

    title: str
    presenter: str = ""
    minutes: int = 15
    position: int = MOST
    source: tuple[str, UUID] | None = None


def add_item(
    uow: UnitOfWork, meeting: Meeting, point: AgendaPoint, *, request_id: UUID
) -> AgendaItem:
    """A new point; the same `request_id` adds it once. The meeting is locked.

    Raises TooManyItems.
    """
    again = select(AgendaItem).where(AgendaItem.request_id == request_id)
    if known := uow.session.scalar(again):
        return known
    items = list(items_of(uow, meeting.id))
    if len(items) >= MOST:
        raise TooManyItems(most=MOST)
    from_part, from_id = point.source or ("", None)
    item = AgendaItem(
        request_id=request_id,
        meeting_id=meeting.id,
        position=len(items) + 1,
        title=point.title,
        presenter=point.presenter,
        minutes=point.minutes,
        from_part=from_part,
        from_id=from_id,
    )
    if (first := create_once(uow, item)) is not item:
        return first
    _place(items, item, point.position)
    uow.emit(AgendaChanged(subject_id=meeting.id, title=meeting.title))
    return item


def edit_item(
    uow: UnitOfWork,
    meeting: Meeting,
    item: AgendaItem,
    point: AgendaPoint,
    *,
    expected_version: int,
) -> None:
    """Other words, another length, another place in the order. Raises StaleMeeting."""
    place = min(max(point.position, 1), MOST)
    stood = (item.title, item.presenter, item.minutes, item.position)
    if stood == (point.title, point.presenter, point.minutes, place):
        return
    expect_version(item, expected_version, StaleMeeting, who=meeting.changed_by)
    item.title, item.presenter, item.minutes = point.title, point.presenter, point.minutes
    others = [other for other in items_of(uow, meeting.id) if other.id != item.id]
    _place(others, item, place)
    uow.emit(AgendaChanged(subject_id=meeting.id, title=meeting.title))


def remove_item(
    uow: UnitOfWork, meeting: Meeting, item: AgendaItem, *, expected_version: int
) -> None:
    """Take a point away. Raises StaleMeeting, ItemHasMinutes, ItemHasMaterials."""
    expect_version(item, expected_version, StaleMeeting, who=meeting.changed_by)
    entries = select(func.count()).select_from(MinuteEntry).where(MinuteEntry.item_id == item.id)
    if uow.session.scalar(entries):
        raise ItemHasMinutes
    port = council_records(meeting)
    if port and port.materials_of(uow, meeting.id, item_id=item.id):
        raise ItemHasMaterials
    others = [other for other in items_of(uow, meeting.id) if other.id != item.id]
    uow.session.delete(item)
    for number, other in enumerate(others, 1):
        other.position = number
    uow.emit(AgendaPointRemoved(subject_id=item.id, meeting_id=meeting.id))
    uow.emit(AgendaChanged(subject_id=meeting.id, title=meeting.title))


def hours_of(meeting: Meeting, items: Sequence[AgendaItem]) -> dict[UUID, datetime]:
    """When each point is planned to begin."""
    hours, at = {}, meeting.starts_at
    for item in items:
        hours[item.id] = at
        at += timedelta(minutes=item.minutes)
    return hours


def _place(others: list[AgendaItem], item: AgendaItem, position: int) -> None:
    others.insert(min(max(position, 1), len(others) + 1) - 1, item)
    for number, one in enumerate(others, 1):
        if one.position != number:
            one.position = number
