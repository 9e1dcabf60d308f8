"""State of a station on a day: the same rule for a row in hand and for a query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, and_, case

from obshto.platform.thread.models import ThreadStation


class StationStanding(StrEnum):
    """How it stands with a station; the members stand in the order of lists."""

    LATE = "late"
    OPEN = "open"
    KEPT = "kept"
    KEPT_LATE = "kept_late"
    DROPPED = "dropped"


STANDINGS: Mapping[str, LazyString] = {
    StationStanding.LATE: _("Закъснява"),
    StationStanding.OPEN: _("Предстои"),
    StationStanding.KEPT: _("Изпълнено"),
    StationStanding.KEPT_LATE: _("Изпълнено след срока"),
    StationStanding.DROPPED: _("Отпаднало"),
}
COLOURS: Mapping[str, str] = {
    **{StationStanding.LATE: "red", StationStanding.OPEN: "blue", StationStanding.KEPT: "green"},
    **{StationStanding.KEPT_LATE: "turquoise", StationStanding.DROPPED: "grey"},
}


class StationRow(Protocol):
    """What a station is read from: its own row, or a copy of it that the region keeps."""

    @property
    def part(self) -> str: ...
    @property
    def word(self) -> str: ...
    @property
    def position(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def owes(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def first_due_on(self) -> date | None: ...
    @property
    def reached_on(self) -> date | None: ...
    @property
    def dropped_on(self) -> date | None: ...
    @property
    def comes_by_itself(self) -> bool: ...


def standing_of(station: StationRow, day: date) -> StationStanding:
    """Late is judged by the day as it was promised first: moving a day does not keep a promise."""
    if station.dropped_on:
        return StationStanding.DROPPED
    if station.reached_on:
        promised = station.first_due_on or station.due_on
        is_late = promised is not None and station.reached_on > promised
        return StationStanding.KEPT_LATE if is_late else StationStanding.KEPT
    if station.due_on and station.due_on < day:
        return StationStanding.KEPT if station.comes_by_itself else StationStanding.LATE
    return StationStanding.OPEN


def standing_on(day: date, row: Any = ThreadStation) -> ColumnElement[str]:
    """The same of each row of a table with these columns."""
    promised = case((row.first_due_on.is_not(None), row.first_due_on), else_=row.due_on)
    passed = row.due_on < day
    return case(
        (row.dropped_on.is_not(None), StationStanding.DROPPED.value),
        (row.reached_on > promised, StationStanding.KEPT_LATE.value),
        (row.reached_on.is_not(None), StationStanding.KEPT.value),
        (and_(passed, row.comes_by_itself), StationStanding.KEPT.value),
        (passed, StationStanding.LATE.value),
        else_=StationStanding.OPEN.value,
    )


def overdue(day: date) -> ColumnElement[bool]:
    """Owed, not reached, and the day passed."""
    row = ThreadStation
    return and_(
        row.reached_on.is_(None),
        row.dropped_on.is_(None),
        row.comes_by_itself.is_(False),
        row.due_on < day,
    )
