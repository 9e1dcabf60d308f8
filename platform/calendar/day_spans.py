"""Spans of days that people ask for: today, this weekend, a month, from one day to another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY, NEAR, AHEAD = timedelta(days=1), timedelta(days=30), timedelta(days=400)
SATURDAY, SUNDAY = 5, 6
MONTHS_BACK, MONTHS_AHEAD = 12, 24  # further months are pages for nobody but robots
_month = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII).fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySpan:
    """From the first day to the last, that one too; `word` names a usual one."""

    first: date
    last: date
    word: str = ""
    before: str = ""  # of a month: the months beside it, empty where there is no page
    after: str = ""

    @property
    def is_month(self) -> bool:
        return self.word == "month"

    @property
    def month(self) -> str:
        """The month in which it begins: „2026-12“."""
        return f"{self.first:%Y-%m}"


def span_asked(asked: Mapping[str, str], today: date) -> DaySpan:
    """`when` is „today“ or „weekend“; else `from` and `to`; else the month to come."""
    when = asked.get("when", "")
    if when == "today":
        return DaySpan(first=today, last=today, word="today")
    if when == "weekend":
        return weekend(today)
    first = _day(asked.get("from", ""), today) or today
    last = _day(asked.get("to", ""), today) or first + NEAR
    word = "days" if asked.get("from") or asked.get("to") else ""
    return DaySpan(first=first, last=min(max(first, last), first + AHEAD), word=word)


def weekend(today: date) -> DaySpan:
    """Saturday and Sunday to come; on a Sunday that Sunday alone."""
    first = today if today.weekday() == SUNDAY else today + (SATURDAY - today.weekday()) * ONE_DAY
    return DaySpan(first=first, last=first + (SUNDAY - first.weekday()) * ONE_DAY, word="weekend")


def month_of(written: str, today: date) -> DaySpan | None:
    """The whole month; None for what is none, or too far away."""
    found = _month(written)
    if not found:
        return None
    year, number = (int(part) for part in found.groups())
    away = (year - today.year) * 12 + number - today.month
    if not -MONTHS_BACK <= away <= MONTHS_AHEAD:
        return None
    first = date(year, number, 1)
    after = _first_after(first)
    return DaySpan(
        first=first,
        last=after - ONE_DAY,
        word="month",
        before=f"{first - ONE_DAY:%Y-%m}" if away > -MONTHS_BACK else "",
        after=f"{after:%Y-%m}" if away < MONTHS_AHEAD else "",
    )


def _first_after(first: date) -> date:
    return (first + timedelta(days=32)).replace(day=1)


def _day(written: str, today: date) -> date | None:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if abs(found - today) <= 2 * AHEAD else None
