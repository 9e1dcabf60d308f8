"""Entries that other components put into the calendar: meetings beside the events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from obshto.modules.events.services.subjects import Subject
from obshto.platform.calendar.icalendar_writer import CalendarEntry
from obshto.platform.clock import day_of
from obshto.platform.modularity.manifest import Component
from obshto.platform.unit_of_work import UnitOfWork


def entries_of_others(
    uow: UnitOfWork,
    parts: Iterable[Component],
    begin: datetime,
    end: datetime,
    *,
    subject: str,
    place: str,
) -> Sequence[CalendarEntry]:
    """What the others have in a span, in its order; under the subject of public discussions."""
    if subject not in ("", Subject.PUBLIC):
        return ()
    found = [
        one for part in parts if part.calendar for one in part.calendar(uow, begin, end, place)
    ]
    return sorted(found, key=lambda one: one.when.starts_at)


def of_page(
    entries: Iterable[CalendarEntry], *, after: date | None, until: date | None, first: date
) -> Mapping[date, list[CalendarEntry]]:
    """Those of one page of a list, by their day: after the last day of the page before it."""
    days: dict[date, list[CalendarEntry]] = {}
    for one in entries:
        day = max(day_of(one.when.starts_at), first)
        if (after is None or day > after) and (until is None or day <= until):
            days.setdefault(day, []).append(one)
    return days
