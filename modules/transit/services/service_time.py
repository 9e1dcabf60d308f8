"""Times of a service day: seconds from „noon minus twelve hours“, as GTFS counts them.

A bus at half past midnight belongs to the evening before it and is written 24:30. On the two days
of a clock change noon minus twelve hours is not midnight, and the sum still comes out right.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from obshto.platform.clock import SOFIA

HOUR, MINUTE = 3600, 60
LATEST = 30 * HOUR  # nothing that began yesterday evening is still under way at six
NOTHING = ("", "-", "–", "—", "x", "х")
_typed = re.compile(r"(\d{1,2})\s*[:.,ч]\s*(\d{2})(?:\s*ч\.?)?", re.ASCII).fullmatch


def read_time(typed: str) -> int | None:
    """Seconds of „8:05“, „08.05“ or „24:30“; None where nothing stands. Raises ValueError."""
    words = typed.strip().lower()
    if words in NOTHING:
        return None
    found = _typed(words)
    hours, minutes = (int(found[1]), int(found[2])) if found else (99, 99)
    if minutes >= MINUTE or hours * HOUR >= LATEST:
        raise ValueError(typed)
    return hours * HOUR + minutes * MINUTE


def write_time(seconds: int | None) -> str:
    """The same for an editor: „24:30“ stays so."""
    return "" if seconds is None else f"{seconds // HOUR}:{seconds % HOUR // MINUTE:02}"


def write_clock(seconds: int) -> str:
    """As clocks show it: „0:30“."""
    return write_time(seconds % (24 * HOUR))


def write_gtfs(seconds: int) -> str:
    """HH:MM:SS."""
    return f"{seconds // HOUR:02}:{seconds % HOUR // MINUTE:02}:{seconds % MINUTE:02}"


def day_zero(day: date) -> datetime:
    """The moment from which seconds of that service day count, in UTC."""
    noon = datetime.combine(day, time(12), SOFIA)
    return noon.astimezone(UTC) - timedelta(hours=12)


def moment_of(day: date, seconds: int) -> datetime:
    """The moment of a time of that service day, in UTC."""
    return day_zero(day) + timedelta(seconds=seconds)


def seconds_at(day: date, moment: datetime) -> int:
    """The moment as a time of that service day; less than nothing before it."""
    return int((moment - day_zero(day)).total_seconds())
