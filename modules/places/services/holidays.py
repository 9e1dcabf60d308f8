"""Public holidays of Bulgaria: the days, as data."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path

DATA = Path(__file__).parents[1] / "data" / "holidays.json"


def is_holiday(day: date) -> bool:
    """Whether nobody has to work that day by art. 154 of the Labour Code.

    Known for the years of the file. Days that the Council of Ministers adds (para. 3) are
    exceptions that each place writes for itself.
    """
    return day.isoformat() in _days()


@cache
def _days() -> frozenset[str]:
    return frozenset(json.loads(DATA.read_text("utf-8"))["days"])
