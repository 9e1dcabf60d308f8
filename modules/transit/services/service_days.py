"""Days of service: weekdays, public holidays, spans of exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext

from obshto.platform.workdays import is_holiday

Span = tuple[date, date]
ONE_DAY = timedelta(days=1)
LONGEST = 400  # days of one span
MOST_SPANS = 40
WEEK = range(7)
USUAL, NEVER, ALWAYS = "usual", "never", "always"  # what public holidays mean
_date = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:\s*г\.?)?", re.ASCII).fullmatch


@dataclass(frozen=True, slots=True)
class ServiceDays:
    """Rule by which trips run on a day; `also` wins over `without`, both over the rest."""

    weekdays: frozenset[int]
    holidays: str = USUAL
    without: tuple[Span, ...] = ()
    also: tuple[Span, ...] = ()

    def runs_on(self, day: date) -> bool:
        """True on a day of service."""
        if _is_in(day, self.also):
            return True
        if _is_in(day, self.without):
            return False
        if self.holidays != USUAL and is_holiday(day):
            return self.holidays == ALWAYS
        return day.weekday() in self.weekdays

    def days(self, first: date, last: date) -> frozenset[date]:
        """The days of that span on which trips run."""
        span = (first + n * ONE_DAY for n in range((last - first).days + 1))
        return frozenset(day for day in span if self.runs_on(day))


def _is_in(day: date, spans: Iterable[Span]) -> bool:
    return any(first <= day <= last for first, last in spans)


def days_of(told: Mapping[str, Any]) -> ServiceDays:
    """The rule as a table or a network stores it."""
    return ServiceDays(
        weekdays=frozenset(int(digit) for digit in told["weekdays"]),
        holidays=told["holidays"],
        without=tuple(_span(written) for written in told["without"]),
        also=tuple(_span(written) for written in told["also"]),
    )


def _span(written: str) -> Span:
    first, last = written.split("/")
    return date.fromisoformat(first), date.fromisoformat(last)


def read_spans(typed: str) -> list[str]:
    """Spans in ISO form of „24.12.2026 – 3.1.2027, 3.3.2027“. Raises ValueError."""
    parts = [part.strip() for part in re.split(r"[,;\n]", typed) if part.strip()]
    if len(parts) > MOST_SPANS:
        raise ValueError(typed)
    spans = [_read_span(part) for part in parts]
    return [f"{first.isoformat()}/{last.isoformat()}" for first, last in spans]


def _read_span(typed: str) -> Span:
    ends = [_read_day(end.strip()) for end in re.split(r"\s*[–—-]\s*", typed)]
    first, last = ends[0], ends[-1]
    if len(ends) > 2 or not first <= last <= first + LONGEST * ONE_DAY:  # noqa: PLR2004  two ends
        raise ValueError(typed)
    return first, last


def _read_day(typed: str) -> date:
    found = _date(typed)
    if not found or not 2000 <= int(found[3]) <= 2100:  # noqa: PLR2004  else a slip
        raise ValueError(typed)
    return date(int(found[3]), int(found[2]), int(found[1]))


def write_spans(spans: Iterable[str]) -> str:
    """The same for an editor's box."""
    return ", ".join(_written(*_span(span)) for span in spans)


def _written(first: date, last: date) -> str:
    ends = [f"{day.day}.{day.month:02}.{day.year}" for day in (first, last)]
    return ends[0] if first == last else " – ".join(ends)


def default_calendars() -> dict[str, tuple[str, str, str]]:
    """Name, weekdays and what holidays mean, of the days that a municipality begins with."""
    return {
        "workdays": (gettext("делник"), "01234", NEVER),
        "daily": (gettext("всеки ден"), "0123456", USUAL),
        "not_sundays": (gettext("без неделя и празник"), "012345", NEVER),
        "weekend": (gettext("събота, неделя и празник"), "56", ALWAYS),
        "school": (gettext("учебни дни"), "01234", NEVER),
        "market": (gettext("пазарен ден"), "1", USUAL),
    }
