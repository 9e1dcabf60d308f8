"""Find lines, stops, calendars and alerts: what staff see, and what is published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, radians
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, Text, cast, func, select
from sqlalchemy.dialects.postgresql import JSONPATH

from obshto.modules.transit.errors import NoSuchAlert, NoSuchCalendar, NoSuchLine, NoSuchStop
from obshto.modules.transit.models import (
    BusLine,
    ServiceAlert,
    ServiceCalendar,
    Stop,
    TimetableEdition,
)
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import row_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import points_of_settlements, settlements_of_region

MIDDLE = (43.80, 22.68)  # of the province: a stop without point and village has to be somewhere
MOST = 2_000  # stops of one municipality that a page names
Row = TypeVar("Row", Stop, ServiceCalendar, ServiceAlert)
Names = Mapping[str, Mapping[str, str]]


def published() -> Select[BusLine]:
    """Lines that citizens see, by number."""
    rows = select(BusLine).where(BusLine.published_at.is_not(None), BusLine.deleted_at.is_(None))
    return rows.order_by(BusLine.sort_key, BusLine.id)


def drafts() -> Select[BusLine]:
    """Lines that nobody sees yet."""
    rows = select(BusLine).where(BusLine.published_at.is_(None), BusLine.deleted_at.is_(None))
    return rows.order_by(BusLine.sort_key, BusLine.id)


def deleted() -> Select[BusLine]:
    """Soft-deleted lines, last deleted first."""
    return (
        select(BusLine).where(BusLine.deleted_at.is_not(None)).order_by(BusLine.deleted_at.desc())
    )


def line_of(
    uow: UnitOfWork, line_id: UUID, *, to_change: bool = False, or_deleted: bool = False
) -> BusLine:
    """For staff; `to_change` makes others wait. Raises NoSuchLine."""
    return row_of(
        uow,
        select(BusLine),
        line_id,
        missing=NoSuchLine,
        to_change=to_change,
        or_deleted=or_deleted,
    )


def public_line(uow: UnitOfWork, line_id: UUID) -> BusLine:
    """As everybody may see it. Raises NoSuchLine."""
    line = line_of(uow, line_id)
    if not line.is_published:
        raise NoSuchLine
    return line


def stop_of(uow: UnitOfWork, stop_id: UUID, *, to_change: bool = False) -> Stop:
    """Raises NoSuchStop."""
    return _row(uow, Stop, stop_id, NoSuchStop, to_change)


def calendar_of(uow: UnitOfWork, calendar_id: UUID, *, to_change: bool = False) -> ServiceCalendar:
    """Raises NoSuchCalendar."""
    return _row(uow, ServiceCalendar, calendar_id, NoSuchCalendar, to_change)


def alert_of(uow: UnitOfWork, alert_id: UUID, *, to_change: bool = False) -> ServiceAlert:
    """Raises NoSuchAlert."""
    return _row(uow, ServiceAlert, alert_id, NoSuchAlert, to_change)


def _row(
    uow: UnitOfWork, model: type[Row], row_id: UUID, missing: type[DomainError], to_change: bool
) -> Row:
    wanted = select(model).where(model.id == row_id)
    found: Row | None = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise missing
    return found


def stops_here() -> Select[Stop]:
    """Stops by name."""
    return select(Stop).order_by(Stop.sort_key, Stop.id)


def served_stops() -> Select[Stop]:
    """Stops of published timetables, by name."""
    path = cast("$.directions.*.stops[*]", JSONPATH)
    ids = func.jsonb_path_query(BusLine.shown, path)
    served = published().order_by(None).with_only_columns(ids)
    return stops_here().where(func.to_jsonb(cast(Stop.id, Text)).in_(served))


def nearest_stop(uow: UnitOfWork, point: tuple[float, float]) -> Stop | None:
    """The served stop nearest to a point, of those with a point of their own. One query."""
    north = Stop.latitude - point[0]
    east = (Stop.longitude - point[1]) * cos(radians(point[0]))
    known = served_stops().where(Stop.latitude.is_not(None), Stop.longitude.is_not(None))
    nearest = known.order_by(None).order_by(north * north + east * east, Stop.id)
    return uow.session.scalar(nearest.limit(1))


def calendars_here(uow: UnitOfWork) -> Sequence[ServiceCalendar]:
    """Days of service, in the order in which they came."""
    return uow.session.scalars(select(ServiceCalendar).order_by(ServiceCalendar.id)).all()


def alerts_of(line_ids: Sequence[UUID]) -> Select[ServiceAlert]:
    """Alerts of these lines that stand, the latest first."""
    rows = select(ServiceAlert).where(
        ServiceAlert.line_id.in_(line_ids), ServiceAlert.withdrawn_at.is_(None)
    )
    return rows.order_by(ServiceAlert.starts_on.desc(), ServiceAlert.id)


def editions_of(uow: UnitOfWork, line: BusLine) -> Sequence[TimetableEdition]:
    """The last twenty timetables that were published."""
    rows = select(TimetableEdition).filter_by(line_id=line.id)
    return uow.session.scalars(rows.order_by(TimetableEdition.published_at.desc()).limit(20)).all()


def place_of(code: str, names: Names, language: str) -> str:
    """A settlement by name; empty where there is none."""
    name = names.get(code, {})
    return name.get(language) or name.get(SOURCE, "")


def published_content(uow: UnitOfWork) -> dict[str, Any]:
    """The municipality's network as everybody may see it, in plain values. Five queries."""
    lines = uow.session.scalars(published()).all()
    used = {
        stop for line in lines for way in line.shown["directions"].values() for stop in way["stops"]
    }
    coming = alerts_of([line.id for line in lines]).where(ServiceAlert.ends_on >= day_of(uow.now))
    names = settlements_of_region()
    return {
        "lines": [_line(line) for line in lines],
        "stops": [
            _stop(stop, names) for stop in uow.session.scalars(stops_here()) if str(stop.id) in used
        ],
        "calendars": [_calendar(row) for row in calendars_here(uow)],
        "alerts": [_alert(row) for row in uow.session.scalars(coming)],
    }


def _line(line: BusLine) -> dict[str, Any]:
    return line.shown | {"id": str(line.id)}


def _stop(stop: Stop, names: Names) -> dict[str, Any]:
    latitude, longitude = point_of(stop)
    return {
        "id": str(stop.id),
        "name": stop.name,
        "settlement": stop.settlement,
        "place": dict(names.get(stop.settlement, {})),
        "latitude": latitude,
        "longitude": longitude,
        "access": stop.access,
    }


def point_of(stop: Stop) -> tuple[float, float]:
    """Its own point, else that of its settlement."""
    if stop.latitude is not None and stop.longitude is not None:
        return stop.latitude, stop.longitude
    return points_of_settlements().get(stop.settlement, MIDDLE)


def _calendar(row: ServiceCalendar) -> dict[str, Any]:
    told = ("name", "weekdays", "holidays", "without", "also")
    return {"id": str(row.id)} | {name: getattr(row, name) for name in told}


def _alert(row: ServiceAlert) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "line": str(row.line_id),
        "is_cancelled": row.is_cancelled,
        "text": row.text,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
    }
