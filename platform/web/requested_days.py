"""The days that a file is asked for."""

from __future__ import annotations

from datetime import date, timedelta

from flask import request

from obshto.platform.clock import today

A_MONTH = timedelta(days=31)
YEARS = range(2000, 2200)  # no municipality's money here is older; later days are slips


def days_asked() -> tuple[date, date]:
    """The first and the last, in the address; the last month for what is no day."""
    last = day_asked("last") or today()
    return day_asked("first") or last - A_MONTH, last


def day_asked(name: str) -> date | None:
    """The day under that name in the address; None for what is no day."""
    try:
        found = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return found if found.year in YEARS else None
