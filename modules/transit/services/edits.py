"""Write lines, timetables, stops, days of service.

Each act says how the thing shall be, and which version its author saw. Where it is so already,
nothing is done: that was the same form, sent twice. Else it must be as it was seen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.transit.errors import (
    CalendarInUse,
    ChangedBefore,
    LineChanged,
    OutsideCountry,
    StopInUse,
)
from obshto.modules.transit.events import (
    CalendarDeleted,
    CalendarSaved,
    LineEdited,
    LineWritten,
    StopDeleted,
    StopSaved,
)
from obshto.modules.transit.models import BusLine, ServiceCalendar, Stop
from obshto.modules.transit.services.timetable import BOTH, Direction
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import settlements_of_region

COUNTRY = ((41.2, 44.25), (22.3, 28.7))  # latitude, longitude of Bulgaria's edges
Row = TypeVar("Row", BusLine, Stop, ServiceCalendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDetails:
    """A line without its hours."""

    name: str
    number: str = ""
    carrier: str = ""
    phone: str = ""
    source: str = ""
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StopDetails:
    """A stop as an editor describes it."""

    name: str
    settlement: str = ""
    latitude: float | None = None
    longitude: float | None = None
    access: str = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDetails:
    """Days of service as an editor describes them."""

    name: str
    weekdays: str
    holidays: str
    without: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


def write_line(uow: UnitOfWork, details: LineDetails, *, request_id: UUID) -> BusLine:
    """A draft without hours. The same `request_id` again answers the first one."""
    line = BusLine(request_id=request_id, draft={}, shown={}, written_at=uow.now)
    _put_line(uow, line, details)
    kept = _add(uow, line)
    if kept is line:
        uow.emit(LineWritten(subject_id=line.id, title=line.title))
    return kept


def edit_line(
    uow: UnitOfWork, line: BusLine, details: LineDetails, *, expected_version: int
) -> None:
    """Change the draft of its words; citizens see them when it is published. Raises LineChanged."""
    if line_details(line) == details:
        return
    expect_version(line, expected_version, LineChanged, who=line.changed_by)
    _put_line(uow, line, details)
    uow.emit(LineEdited(subject_id=line.id, title=line.title))


def line_details(line: BusLine) -> LineDetails:
    """Details of the draft as it stands."""
    return LineDetails(**{name: getattr(line, name) for name in LineDetails.__annotations__})


def write_timetable(
    uow: UnitOfWork, line: BusLine, key: str, way: Direction, *, expected_version: int
) -> None:
    """Change the draft of one direction, whole. Raises LineChanged."""
    assert key in BOTH
    kept = way.sorted().as_json()
    if line.draft.get(key) == kept:
        return
    expect_version(line, expected_version, LineChanged, who=line.changed_by)
    line.draft = line.draft | {key: kept}
    sign_line(uow, line)
    uow.emit(LineEdited(subject_id=line.id, title=line.title))


def write_stop(uow: UnitOfWork, details: StopDetails, *, request_id: UUID) -> Stop:
    """A new stop. The same `request_id` again answers the first one. Raises OutsideCountry."""
    stop = Stop(request_id=request_id)
    _put_stop(uow, stop, details)
    kept = _add(uow, stop)
    if kept is stop:
        uow.emit(StopSaved(subject_id=stop.id, title=stop.name))
    return kept


def edit_stop(uow: UnitOfWork, stop: Stop, details: StopDetails, *, expected_version: int) -> None:
    """Citizens see it at once. Raises ChangedBefore, OutsideCountry."""
    if stop_details(stop) == details:
        return
    expect_version(stop, expected_version, ChangedBefore)
    _put_stop(uow, stop, details)
    uow.emit(StopSaved(subject_id=stop.id, title=stop.name))


def stop_details(stop: Stop) -> StopDetails:
    """Details of the stop as it stands."""
    return StopDetails(**{name: getattr(stop, name) for name in StopDetails.__annotations__})


def delete_stop(uow: UnitOfWork, stop: Stop, *, expected_version: int) -> None:
    """Gone for good. Raises ChangedBefore; StopInUse where a timetable names it."""
    expect_version(stop, expected_version, ChangedBefore)
    if lines := lines_with(uow, "stops", str(stop.id)):
        raise StopInUse(lines=", ".join(lines))
    uow.emit(StopDeleted(subject_id=stop.id, title=stop.name))
    uow.session.delete(stop)


def write_calendar(
    uow: UnitOfWork, details: CalendarDetails, *, request_id: UUID
) -> ServiceCalendar:
    """New days of service. The same `request_id` again answers the first ones."""
    row = ServiceCalendar(request_id=request_id)
    _put_calendar(uow, row, details)
    kept = _add(uow, row)
    if kept is row:
        uow.emit(CalendarSaved(subject_id=row.id, title=row.name))
    return kept


def edit_calendar(
    uow: UnitOfWork, row: ServiceCalendar, details: CalendarDetails, *, expected_version: int
) -> None:
    """Citizens see it at once, in every line that runs by it. Raises ChangedBefore."""
    if calendar_details(row) == details:
        return
    expect_version(row, expected_version, ChangedBefore)
    _put_calendar(uow, row, details)
    uow.emit(CalendarSaved(subject_id=row.id, title=row.name))


def calendar_details(row: ServiceCalendar) -> CalendarDetails:
    """Details of the days as they stand."""
    return CalendarDetails(
        name=row.name,
        weekdays=row.weekdays,
        holidays=row.holidays,
        without=tuple(row.without),
        also=tuple(row.also),
    )


def delete_calendar(uow: UnitOfWork, row: ServiceCalendar, *, expected_version: int) -> None:
    """Gone for good. Raises ChangedBefore; CalendarInUse where a trip runs by it."""
    expect_version(row, expected_version, ChangedBefore)
    if lines := lines_with(uow, "calendars", str(row.id)):
        raise CalendarInUse(lines=", ".join(lines))
    uow.emit(CalendarDeleted(subject_id=row.id, title=row.name))
    uow.session.delete(row)


def lines_with(uow: UnitOfWork, word: str, key: str) -> list[str]:
    """Titles of the lines whose draft or shown timetable names it, deleted ones too."""
    rows = uow.session.scalars(select(BusLine).order_by(BusLine.sort_key))
    return [line.title for line in rows if key in _named(line)[word]]


def named_anywhere(lines: Iterable[BusLine]) -> set[str]:
    """The stops that these lines name, in a draft or before everybody."""
    return {key for line in lines for key in _named(line)["stops"]}


def _named(line: BusLine) -> dict[str, set[str]]:
    ways = [*line.draft.values(), *line.shown.get("directions", {}).values()]
    return {
        "stops": {key for way in ways for key in way["stops"]},
        "calendars": {trip["calendar"] for way in ways for trip in way["trips"]},
    }


def sign_line(uow: UnitOfWork, line: BusLine) -> None:
    """Signature: the person who acts changed it now."""
    line.changed_at, line.changed_by = uow.now, uow.principal.name
    line.changed_by_id = uow.principal.person_id


def _put_line(uow: UnitOfWork, line: BusLine, details: LineDetails) -> None:
    _put(line, details)
    line.sort_key = f"{details.number.zfill(6) if details.number else '~'} {details.name}".lower()
    sign_line(uow, line)


def _put_stop(uow: UnitOfWork, stop: Stop, details: StopDetails) -> None:
    if details.latitude is not None and details.longitude is not None:
        point = (details.latitude, details.longitude)
        if not all(low <= at <= high for at, (low, high) in zip(point, COUNTRY, strict=True)):
            raise OutsideCountry
    _put(stop, details)
    place = settlements_of_region().get(details.settlement, {}).get("bg", "").partition(" ")[2]
    stop.sort_key = f"{place} {details.name}".strip().lower()
    stop.changed_at = uow.now


def _put_calendar(uow: UnitOfWork, row: ServiceCalendar, details: CalendarDetails) -> None:
    _put(row, details)
    row.without, row.also = list(details.without), list(details.also)
    row.changed_at = uow.now


def _put(row: Any, details: LineDetails | StopDetails | CalendarDetails) -> None:
    for name, value in asdict(details).items():
        setattr(row, name, value)


def _add(uow: UnitOfWork, row: Row) -> Row:
    """The row, or the one that the same form made before, perhaps in the same instant."""
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:
        model = type(row)
        first = select(model).where(model.request_id == row.request_id)
        return uow.session.scalars(first).one()
    return row
