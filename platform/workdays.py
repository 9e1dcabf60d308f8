"""Which days are public holidays in Bulgaria, and which are for work."""

from __future__ import annotations

from datetime import date
from functools import cache


def is_holiday(day: date) -> bool:
    """Whether nobody has to work that day by art. 154 of the Labour Code, moved days included.

    Days that the Council of Ministers adds (para. 3) are not known here.
    """
    return day in _holidays(day.year)


def is_workday(day: date) -> bool:
    """Monday to Friday, no public holiday."""
    return day.weekday() < 5 and not is_holiday(day)


@cache
def _holidays(year: int) -> frozenset[date]:
    # Late, and once a year: it takes a tenth of a second to load.
    import holidays  # noqa: PLC0415

    return frozenset(holidays.country_holidays("BG", years=year))
