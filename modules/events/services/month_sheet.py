"""A month on one sheet of paper: each event once, in letters as large as all of it allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from obshto.modules.events.models import Event
from obshto.modules.events.services.occurrences import Occurrence, State
from obshto.platform.calendar.icalendar_writer import CalendarEntry
from obshto.platform.clock import day_of
from obshto.platform.web.formats import clock, day_of_month, weekday

# Word of the style sheet, letters of a line in one of two columns, lines of the sheet.
SIZES = (("huge", 18, 32), ("large", 25, 42), ("middle", 31, 52), ("small", 37, 62))
A4, A3 = "a4", "a3"  # of the same lines: A3 is A4 seen nearer
PAPERS = (A4, A3)
OF_A3 = (("fine", 48, 88),)  # which is still as large there as a book


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """An event as it stands on the sheet; `days` are those of what repeats, the first one too."""

    day: date
    days: str
    title: str
    language: str = ""
    hours: str = ""
    where: str = ""
    note: str = ""
    state: str = State.PLANNED

    def lines(self, letters: int) -> float:
        """How many lines it takes, and the space below it."""
        told = (f"{self.days}, {self.hours}", self.title, self.where, self.note)
        return 0.8 + sum(-(-len(words) // letters) for words in told if words)


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """The rows that fit; `left` says how many are in the portal alone."""

    size: str
    rows: Sequence[SheetRow]
    left: int


def sheet_of(rows: Sequence[SheetRow], paper: str = A4) -> MonthSheet:
    """In the largest letters in which all rows fit, else the first ones in the smallest."""
    for size, letters, lines in (*SIZES, *(OF_A3 if paper == A3 else ())):
        if sum(row.lines(letters) for row in rows) <= lines:
            return MonthSheet(size, rows, 0)
    kept: list[SheetRow] = []
    space = float(lines)
    for row in rows:
        space -= row.lines(letters)
        if space < 0:
            break
        kept.append(row)
    return MonthSheet(size, kept, len(rows) - len(kept))


def rows_of(
    found: Iterable[Occurrence[Event]],
    others: Iterable[CalendarEntry],
    *,
    first: date,
    text_of: Callable[[Event], Event],
    place_of: Callable[[Event], str],
) -> list[SheetRow]:
    """By day. Days of what repeats are one row; what is called off or moved has its own."""
    groups: dict[Any, list[Occurrence[Event]]] = {}
    for one in found:
        alone = one.starts_at if one.state is not State.PLANNED else None
        groups.setdefault((one.event.id, alone), []).append(one)
    rows = [_row(group, first, text_of, place_of) for group in groups.values()]
    rows += [_other(entry) for entry in others]
    return sorted(rows, key=lambda row: row.day)


def _row(
    group: Sequence[Occurrence[Event]],
    first: date,
    text_of: Callable[[Event], Event],
    place_of: Callable[[Event], str],
) -> SheetRow:
    one, text = group[0], text_of(group[0].event)
    is_whole = one.event.is_all_day and one.state is not State.MOVED
    return SheetRow(
        day=max(day_of(one.starts_at), first),
        days=_days(group),
        hours="" if is_whole or one.is_of_days else _hours(one.starts_at, one.ends_at),
        title=text.title,
        language=text.language,
        where=", ".join(filter(None, (place_of(one.event), one.event.address))),
        note="" if one.state is State.PLANNED else one.note,
        state=one.state,
    )


def _days(group: Sequence[Occurrence[Event]]) -> str:
    """„5 декември, събота“, „5, 12, 19 декември“, „28 декември – 3 януари“."""
    one = group[0]
    if len(group) > 1:
        numbers = [str(day_of(later.starts_at).day) for later in group[:-1]]
        return ", ".join([*numbers, day_of_month(group[-1].starts_at)])
    if one.is_of_days:
        return f"{day_of_month(one.starts_at)} – {day_of_month(one.last_day)}"
    return f"{day_of_month(one.starts_at)}, {weekday(one.starts_at)}"


def _hours(starts_at: Any, ends_at: Any) -> str:
    return f"{clock(starts_at)} – {clock(ends_at)}"


def _other(entry: CalendarEntry) -> SheetRow:
    """Its title says already what became of it."""
    starts_at = entry.when.starts_at
    return SheetRow(
        day=day_of(starts_at),
        days=f"{day_of_month(starts_at)}, {weekday(starts_at)}",
        hours=_hours(starts_at, entry.when.ends_at),
        title=entry.title,
        where=entry.location,
    )
