"""Call an event off, move it, say that it takes place after all: of all its days, or of one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from obshto.modules.events.errors import (
    EndsBeforeStart,
    IsCancelled,
    LastsTooLong,
    NoSuchDay,
    StaleVersion,
)
from obshto.modules.events.events import EventCancelled, EventMoved, EventReinstated
from obshto.modules.events.models import Event
from obshto.modules.events.services.edits import LONGEST, put_last_moment
from obshto.modules.events.services.occurrences import Occurrence, occurrence_on
from obshto.platform.editorial.events import TextFact
from obshto.platform.editorial.revisions import sign
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork


def cancel_event(
    uow: UnitOfWork, event: Event, *, note: str, expected_version: int, on: date | None = None
) -> None:
    """It does not take place; of what repeats only the day `on`, or all of it where that is none.

    Raises StaleVersion, NoSuchDay.
    """
    if on is None or not event.repeats:
        if event.cancelled_at and event.note == note:
            return
        expect_version(event, expected_version, StaleVersion, who=event.changed_by)
        event.cancelled_at, event.note = event.cancelled_at or uow.now, note
    else:
        _day(event, on)
        change = {"on": on.isoformat(), "starts_at": None, "ends_at": None, "note": note}
        if change in event.changes:
            return
        expect_version(event, expected_version, StaleVersion, who=event.changed_by)
        _put(event, change)
    _tell(uow, event, EventCancelled)


def move_event(
    uow: UnitOfWork,
    event: Event,
    *,
    starts_at: datetime,
    ends_at: datetime,
    note: str,
    expected_version: int,
    on: date | None = None,
) -> None:
    """It takes place at another time; of what repeats only the day `on`.

    Raises StaleVersion, NoSuchDay, IsCancelled, EndsBeforeStart, LastsTooLong.
    """
    _check_span(starts_at, ends_at)
    if not event.repeats:
        if (event.starts_at, event.ends_at, event.note) == (starts_at, ends_at, note):
            return
        _check_to_move(event, expected_version)
        event.moved_from, event.note = event.starts_at, note
        event.starts_at, event.ends_at, event.is_all_day = starts_at, ends_at, False
    else:
        if on is None:
            raise NoSuchDay
        _day(event, on)
        change = {
            "on": on.isoformat(),
            "starts_at": starts_at.isoformat(),
            "ends_at": ends_at.isoformat(),
            "note": note,
        }
        if change in event.changes:
            return
        _check_to_move(event, expected_version)
        _put(event, change)
    put_last_moment(event)
    _tell(uow, event, EventMoved)


def reinstate_event(uow: UnitOfWork, event: Event, *, expected_version: int) -> None:
    """All of it takes place as it was planned before it was called off. Raises StaleVersion."""
    if event.cancelled_at is None:
        return
    expect_version(event, expected_version, StaleVersion, who=event.changed_by)
    event.cancelled_at, event.note = None, ""
    _tell(uow, event, EventReinstated)


def reinstate_day(uow: UnitOfWork, event: Event, on: date, *, expected_version: int) -> None:
    """One day takes place as the others do. Raises StaleVersion."""
    kept = [change for change in event.changes if change["on"] != on.isoformat()]
    if kept == event.changes:
        return
    expect_version(event, expected_version, StaleVersion, who=event.changed_by)
    event.changes = kept
    put_last_moment(event)
    _tell(uow, event, EventReinstated)


def _day(event: Event, on: date) -> Occurrence[Event]:
    found = occurrence_on(event, on)
    if found is None:
        raise NoSuchDay
    return found


def _put(event: Event, change: dict[str, Any]) -> None:
    """A new list: the old one is compared with it to see what changed."""
    others = [other for other in event.changes if other["on"] != change["on"]]
    event.changes = sorted([*others, change], key=lambda one: str(one["on"]))


def _check_span(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise EndsBeforeStart
    if ends_at - starts_at > LONGEST:
        raise LastsTooLong


def _check_to_move(event: Event, expected_version: int) -> None:
    if event.cancelled_at:
        raise IsCancelled
    expect_version(event, expected_version, StaleVersion, who=event.changed_by)


def _tell(uow: UnitOfWork, event: Event, fact: type[TextFact]) -> None:
    event.sequence += 1
    sign(uow, event)
    uow.emit(fact(subject_id=event.id, title=event.title))
