"""Recurrence by the wall clock of Bulgaria: what begins at seven begins at seven all year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from dateutil.rrule import rrulestr

from obshto.platform.clock import SOFIA, day_of

WEEK, FORTNIGHT, SHORTEST_MONTH, YEAR = (timedelta(days=days) for days in (7, 14, 28, 365))
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LAST = 5  # a fifth Sunday is not in every month: it means the last one


class Frequency(StrEnum):
    """How often a thing takes place again."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"  # on the same day of the month
    MONTHLY_WEEKDAY = "monthly-weekday"  # on the same weekday: each first Sunday
    YEARLY = "yearly"


PERIODS = {
    Frequency.WEEKLY: WEEK,
    Frequency.FORTNIGHTLY: FORTNIGHT,
    Frequency.MONTHLY: SHORTEST_MONTH,
    Frequency.MONTHLY_WEEKDAY: SHORTEST_MONTH,
    Frequency.YEARLY: YEAR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """The first time of a thing, and how it repeats: until a day, that one too; not on some days.

    Without `frequency` it takes place once. Of all-day things `ends_at` is the midnight after.
    """

    starts_at: datetime
    ends_at: datetime
    is_all_day: bool = False
    frequency: str = ""
    until: date | None = None
    exceptions: frozenset[date] = frozenset()


def rule_of(recurrence: Recurrence) -> str:
    """The rule as an RRULE without its end; empty for what takes place once."""
    if not recurrence.frequency:
        return ""
    day = day_of(recurrence.starts_at)
    nth = (day.day - 1) // 7 + 1
    weekday = f"{-1 if nth == LAST else nth}{DAYS[day.weekday()]}"
    return {
        Frequency.WEEKLY: "FREQ=WEEKLY",
        Frequency.FORTNIGHTLY: "FREQ=WEEKLY;INTERVAL=2",
        Frequency.MONTHLY: "FREQ=MONTHLY",
        Frequency.MONTHLY_WEEKDAY: f"FREQ=MONTHLY;BYDAY={weekday}",
        Frequency.YEARLY: "FREQ=YEARLY",
    }[Frequency(recurrence.frequency)]


def occurrences(
    recurrence: Recurrence, begin: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """Start and end, in UTC, of each time that touches the span from `begin` to before `end`.

    An hour that a clock change leaves out is the same moment as the hour after it; one that comes
    twice is the first of the two (RFC 5545, 3.3.5).
    """
    if not recurrence.frequency:
        if recurrence.starts_at < end and recurrence.ends_at > begin:
            yield recurrence.starts_at, recurrence.ends_at
        return
    first = _wall(recurrence.starts_at)
    rule = rrulestr(rule_of(recurrence), dtstart=first)
    lasts = _wall(recurrence.ends_at) - first
    # A day to each side: the shift of a clock change, and what began before the span.
    since = max(first, _wall(begin) - lasts - timedelta(days=1))
    for wall in rule.xafter(since, inc=True):
        starts_at = at_wall(wall)
        is_over = recurrence.until and wall.date() > recurrence.until
        if starts_at >= end or is_over:
            return
        ends_at = _end(recurrence, wall, starts_at)
        if ends_at > begin and wall.date() not in recurrence.exceptions:
            yield starts_at, ends_at


def _end(recurrence: Recurrence, wall: datetime, starts_at: datetime) -> datetime:
    """Of days the midnight after the last; of hours the same number of them, as in RFC 5545."""
    if recurrence.is_all_day:
        return at_wall(wall + (_wall(recurrence.ends_at) - _wall(recurrence.starts_at)))
    return starts_at + (recurrence.ends_at - recurrence.starts_at)


def last_moment(recurrence: Recurrence) -> datetime | None:
    """A moment after which it never takes place; None for what has no end."""
    if not recurrence.frequency:
        return recurrence.ends_at
    if recurrence.until is None:
        return None
    lasts = recurrence.ends_at - recurrence.starts_at
    return at_wall(datetime.combine(recurrence.until, datetime.min.time())) + lasts + WEEK / 3.5


def overlaps_itself(recurrence: Recurrence) -> bool:
    """Whether the next time begins before one is over."""
    if not recurrence.frequency:
        return False
    lasts = recurrence.ends_at - recurrence.starts_at
    return lasts > PERIODS[Frequency(recurrence.frequency)]


def at_wall(wall: datetime) -> datetime:
    """The moment, in UTC, at which clocks in Bulgaria show this."""
    return wall.replace(tzinfo=SOFIA).astimezone(UTC)


def midnight(day: date) -> datetime:
    """The moment at which a day begins in Bulgaria."""
    return at_wall(datetime.combine(day, datetime.min.time()))


def _wall(moment: datetime) -> datetime:
    return moment.astimezone(SOFIA).replace(tzinfo=None)
