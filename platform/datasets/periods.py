"""The time that rows tell of: from the first day to the last, out of days, months and years."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from obshto.platform.datasets.declarations import Cell

Span = tuple[date, date]
_told = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?!\d)", re.ASCII).match


def span_of(cell: Cell) -> Span | None:
    """First and last day of a year, a month or a day; None for what is none of them."""
    if isinstance(cell, bool) or not isinstance(cell, str | int):
        return None
    if (found := _told(str(cell))) is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        return None
    last_month = month or 12
    last = calendar.monthrange(first.year, last_month)[1]
    return first, first if day else date(first.year, last_month, last)


def covered(rows: Iterable[Mapping[str, Cell]], columns: Sequence[str]) -> Span | None:
    """From the first day that a row tells of in these columns to the last; None for nothing."""
    first = last = None
    for row in rows if columns else ():
        for name in columns:
            if found := span_of(row.get(name)):
                first = min(first or found[0], found[0])
                last = max(last or found[1], found[1])
    return (first, last) if first and last else None
