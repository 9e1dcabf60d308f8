"""Occurrences: each time at which events take place, with what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from obshto.modules.events.models import Timed
from obshto.platform.calendar.recurrence import midnight, occurrences
from obshto.platform.clock import day_of

AWAY = timedelta(days=400)  # how far a single day may be moved
ONE_DAY = timedelta(days=1)
E = TypeVar("E", bound=Timed)


class State(StrEnum):
    """State of an occurrence: planned, moved or cancelled."""

    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence(Generic[E]):
    """One time of an event. `on` is the day on which it was first to begin."""

    event: E
    on: date
    starts_at: datetime
    ends_at: datetime
    state: State = State.PLANNED
    note: str = ""
    moved_from: datetime | None = None

    @property
    def last_day(self) -> date:
        """The day on which it ends; a midnight belongs to the day before."""
        return day_of(self.ends_at - timedelta(microseconds=1))

    @property
    def is_of_days(self) -> bool:
        return self.last_day > day_of(self.starts_at)


def occurrences_of(event: E, begin: datetime, end: datetime) -> Iterator[Occurrence[E]]:
    """Those that touch the span, called off and moved ones too, by their time now."""
    changed = {change["on"]: change for change in event.changes}
    # A day that was moved into the span may have lain outside.
    wide = (begin - AWAY, end + AWAY) if changed else (begin, end)
    for starts_at, ends_at in occurrences(event.when, *wide):
        found = _occurrence(event, starts_at, ends_at, changed)
        if found.starts_at < end and found.ends_at > begin:
            yield found


def _occurrence(
    event: E, starts_at: datetime, ends_at: datetime, changed: dict[str, dict[str, Any]]
) -> Occurrence[E]:
    on = day_of(starts_at)
    change = changed.get(on.isoformat()) if event.repeats else None
    state, note, moved_from = State.PLANNED, event.note, event.moved_from
    if event.moved_from:
        state = State.MOVED
    if change:
        note, state = change["note"], State.CANCELLED
        if change["starts_at"]:
            state, moved_from = State.MOVED, starts_at
            starts_at = datetime.fromisoformat(change["starts_at"])
            ends_at = datetime.fromisoformat(change["ends_at"])
    if event.cancelled_at:
        state, note = State.CANCELLED, event.note
    return Occurrence(
        event=event,
        on=on,
        starts_at=starts_at,
        ends_at=ends_at,
        state=state,
        note=note,
        moved_from=moved_from if state is State.MOVED else None,
    )


def agenda(events: Iterable[E], begin: datetime, end: datetime) -> list[Occurrence[E]]:
    """All of these events that touch the span, in their order."""
    found = [one for event in events for one in occurrences_of(event, begin, end)]
    return sorted(found, key=lambda one: (max(one.starts_at, begin), one.starts_at, one.ends_at))


def by_day(found: Iterable[Occurrence[E]], begin: date) -> dict[date, list[Occurrence[E]]]:
    """Under the day on which each begins; what began before, under the first."""
    days: dict[date, list[Occurrence[E]]] = {}
    for one in found:
        days.setdefault(max(day_of(one.starts_at), begin), []).append(one)
    return days


def next_of(event: E, moment: datetime, most: int = 6) -> list[Occurrence[E]]:
    """The next few times; the last one of what is over."""
    coming = _first(occurrences_of(event, moment, moment + 2 * AWAY), most)
    if coming or event.last_at is None:
        return coming
    return list(occurrences_of(event, event.last_at - AWAY, event.last_at + ONE_DAY))[-1:]


def occurrence_on(event: E, on: date) -> Occurrence[E] | None:
    """The time that was first to begin on this day."""
    begin, end = midnight(on) - AWAY, midnight(on) + AWAY
    return next((one for one in occurrences_of(event, begin, end) if one.on == on), None)


def _first(found: Iterator[Occurrence[E]], most: int) -> list[Occurrence[E]]:
    return [one for _, one in zip(range(most), found, strict=False)]
