"""Opening hours: what is kept of them, and what they mean at a moment.

No library: those for opening hours (`opening_hours` of OpenStreetMap) are a language to be learned,
and say what is wrong with it in English to programmers. A clerk writes one line a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from obshto.platform.clock import SOFIA, day_of
from obshto.platform.workdays import is_holiday

DAY = 24 * 60
AHEAD = 15  # days that are looked at for the next opening
ROUND_THE_CLOCK = timedelta(days=8)  # open for longer than this needs no closing time


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one minute of the day to another; beyond 1,440 it ends on the day after."""

    opens: int
    closes: int

    @property
    def opens_at(self) -> str:
        """„8:30“."""
        return clock(self.opens)

    @property
    def closes_at(self) -> str:
        """„17:00“; the end of the day is „24:00“."""
        return clock(self.closes)

    @property
    def is_whole_day(self) -> bool:
        return (self.opens, self.closes) == (0, DAY)


def clock(minute: int) -> str:
    """A minute of the day, or of the day after, as clocks show it."""
    minute = minute if minute <= DAY else minute - DAY
    return f"{minute // 60}:{minute % 60:02}"


Spans = tuple[Span, ...]  # of one day, in order, apart from each other
CLOSED: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursChange:
    """Days that are not as usual: dates as (month, day), of one year or of every year."""

    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None
    last_year: int | None
    weekdays: tuple[int, ...]  # Monday is 0; empty for all of them
    spans: Spans

    def covers(self, day: date) -> bool:
        """Whether the day is one of them. A range of every year may go over New Year."""
        if self.weekdays and day.weekday() not in self.weekdays:
            return False
        at = (day.month, day.day)
        if self.year is not None:
            last_year = self.last_year or self.year
            return (self.year, *self.first) <= (day.year, *at) <= (last_year, *self.last)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """A week from Monday, what holds on public holidays (None: as usual), what holds instead."""

    week: tuple[Spans, ...] = (CLOSED,) * 7
    holidays: Spans | None = CLOSED
    changes: tuple[HoursChange, ...] = ()

    def on(self, day: date) -> Spans:
        """The spans of a day: of the first change that covers it, else a holiday's, the week's."""
        for change in self.changes:
            if change.covers(day):
                return change.spans
        if self.holidays is not None and is_holiday(day):
            return self.holidays
        return self.week[day.weekday()]


class Standing(StrEnum):
    """Whether one can go there now."""

    OPEN = "open"
    ALWAYS = "always"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningState:
    """How a place stands at a moment, and when that changes; None where nothing is known of it."""

    standing: Standing
    changes_at: datetime | None = None
    days_ahead: int = 0  # of `changes_at`: 0 is today, 1 tomorrow

    @property
    def is_open(self) -> bool:
        return self.standing in (Standing.OPEN, Standing.ALWAYS)


def state_of(hours: Hours | None, at: datetime) -> OpeningState:
    """How a place with these hours stands at an aware moment, by the clocks of Bulgaria."""
    if hours is None:
        return OpeningState(standing=Standing.UNKNOWN)
    today = day_of(at)
    for opens, closes in _stretches(hours, today):
        if opens <= at < closes:
            if closes - at > ROUND_THE_CLOCK:
                return OpeningState(standing=Standing.ALWAYS)
            return OpeningState(standing=Standing.OPEN, **_when(closes, today))
        if opens > at:
            return OpeningState(standing=Standing.CLOSED, **_when(opens, today))
    return OpeningState(standing=Standing.CLOSED)


def _when(moment: datetime, today: date) -> dict[str, Any]:
    ahead = (day_of(moment) - today).days
    return {"changes_at": moment, "days_ahead": ahead}


def _stretches(hours: Hours, today: date) -> list[tuple[datetime, datetime]]:
    """When it is open from yesterday on, in order; what touches is one stretch."""
    found: list[tuple[datetime, datetime]] = []
    for number in range(-1, AHEAD):
        day = today + timedelta(days=number)
        for span in hours.on(day):
            opens, closes = wall_moment(day, span.opens), wall_moment(day, span.closes)
            if found and opens <= found[-1][1]:
                found[-1] = (found[-1][0], max(found[-1][1], closes))
            else:
                found.append((opens, closes))
    return found


def wall_moment(day: date, minute: int) -> datetime:
    """The wall's clock: 8:00 is 8:00 also on the day on which clocks are put on."""
    return datetime.combine(day, time(), SOFIA) + timedelta(minutes=minute)


# -- kept as JSON ----------------------------------------------------------------------------


def stored(hours: Hours | None) -> dict[str, Any]:
    """As JSON keeps it; nothing at all where nothing is known."""
    if hours is None:
        return {}
    return {
        "week": [_pairs(spans) for spans in hours.week],
        "holidays": None if hours.holidays is None else _pairs(hours.holidays),
        "changes": [
            {
                "first": list(change.first),
                "last": list(change.last),
                "year": change.year,
                "last_year": change.last_year,
                "weekdays": list(change.weekdays),
                "spans": _pairs(change.spans),
            }
            for change in hours.changes
        ],
    }


def read(kept: dict[str, Any]) -> Hours | None:
    """The hours that were stored."""
    if not kept:
        return None
    holidays = kept["holidays"]
    return Hours(
        week=tuple(_spans(pairs) for pairs in kept["week"]),
        holidays=None if holidays is None else _spans(holidays),
        changes=tuple(
            HoursChange(
                first=tuple(change["first"]),
                last=tuple(change["last"]),
                year=change["year"],
                last_year=change["last_year"],
                weekdays=tuple(change["weekdays"]),
                spans=_spans(change["spans"]),
            )
            for change in kept["changes"]
        ),
    )


def _pairs(spans: Spans) -> list[list[int]]:
    return [[span.opens, span.closes] for span in spans]


def _spans(pairs: list[list[int]]) -> Spans:
    return tuple(Span(opens, closes) for opens, closes in pairs)
