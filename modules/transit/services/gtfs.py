"""GTFS Schedule feed of a network: a zip with the same bytes for the same content and month."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from obshto.modules.transit.services.network import ONE_DAY, Network, RunningLine
from obshto.modules.transit.services.service_time import write_gtfs

AHEAD = timedelta(days=365)
BUS = 3  # route_type
ACCESS = {"yes": 1, "no": 2, "unknown": 0}
COLUMNS = {
    "agency": "agency_id agency_name agency_url agency_timezone agency_lang agency_phone",
    "stops": "stop_id stop_name stop_lat stop_lon wheelchair_boarding",
    "routes": "route_id agency_id route_short_name route_long_name route_type route_url",
    "trips": "route_id service_id trip_id trip_headsign direction_id",
    "stop_times": "trip_id arrival_time departure_time stop_id stop_sequence",
    "calendar": "service_id monday tuesday wednesday thursday friday saturday sunday start_date"
    " end_date",
    "calendar_dates": "service_id date exception_type",
    "feed_info": "feed_publisher_name feed_publisher_url feed_lang feed_start_date feed_end_date"
    " feed_version feed_contact_url",
}
Row = Sequence[object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Name of the feed's publisher and its address; the address of each municipality by slug."""

    name: str
    address: str
    homes: Mapping[str, str]


@dataclass(slots=True)
class _Tables:
    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    services: dict[frozenset[date], str] = field(default_factory=dict)
    agencies: set[str] = field(default_factory=set)
    stops: set[str] = field(default_factory=set)


def write_feed(network: Network, publisher: Publisher, *, today: date) -> bytes:
    """The feed from the first of this month, for a year. A line without a trip is left out."""
    first = today.replace(day=1)
    last = first + AHEAD
    tables = _Tables()
    days = {key: calendar.days(first, last) for key, calendar in network.calendars.items()}
    for line in sorted(network.lines.values(), key=lambda one: one.id):
        _put_line(tables, network, line, days, publisher)
    for stop in sorted(tables.stops):
        one = network.stops[stop]
        at = (f"{one.latitude:.6f}", f"{one.longitude:.6f}")
        tables.rows["stops"].append((stop, one.label, *at, ACCESS[one.access]))
    version = blake2b(repr(tables.rows).encode(), digest_size=8).hexdigest()
    span = (_written(first), _written(last))
    tables.rows["feed_info"] = [
        (publisher.name, publisher.address, "bg", *span, version, publisher.address)
    ]
    return _zip(tables.rows)


def _put_line(
    tables: _Tables,
    network: Network,
    line: RunningLine,
    days: Mapping[str, frozenset[date]],
    publisher: Publisher,
) -> None:
    rows, home = tables.rows, publisher.homes[line.municipality]
    own = _running_days(network, line, days)
    begun = len(rows["trips"])
    for key, way in sorted(line.directions.items()):
        for name, trip in way.named_trips():
            service = own.get(trip.calendar)
            if not service:
                continue
            service_id = _put_service(tables, service)
            trip_id, served = f"{line.id}-{key}-{name}", trip.served
            headsign = network.stops[way.stops[served[-1][0]]].label
            rows["trips"].append((line.id, service_id, trip_id, headsign, key))
            for number, (row, seconds) in enumerate(served, 1):
                at = write_gtfs(seconds)
                rows["stop_times"].append((trip_id, at, at, way.stops[row], number))
                tables.stops.add(way.stops[row])
    if len(rows["trips"]) > begun:
        name = line.carrier or publisher.name
        agency = blake2b(name.encode(), digest_size=6).hexdigest()
        if agency not in tables.agencies:
            tables.agencies.add(agency)
            told = (name, publisher.address, "Europe/Sofia", "bg", line.phone)
            rows["agency"].append((agency, *told))
        url = f"{home}/transit/lines/{line.id}"
        rows["routes"].append((line.id, agency, line.number, line.name, BUS, url))


def _running_days(
    network: Network, line: RunningLine, days: Mapping[str, frozenset[date]]
) -> dict[str, frozenset[date]]:
    """By calendar, without the days on which the line is not in force or called off."""
    if not (line.valid_from or line.valid_until or network.alerts.get(line.id)):
        return dict(days)
    return {
        key: frozenset(
            day for day in span if line.holds_on(day) and not network.is_cancelled(line.id, day)
        )
        for key, span in days.items()
    }


def _put_service(tables: _Tables, days: frozenset[date]) -> str:
    """A set of days under a name of its own: a week that repeats, and what differs from it."""
    if days in tables.services:
        return tables.services[days]
    written = [_written(day) for day in sorted(days)]
    service = blake2b(",".join(written).encode(), digest_size=8).hexdigest()
    tables.services[days] = service
    first, last = min(days), max(days)
    span = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    week = [
        2 * sum(day in days for day in span if day.weekday() == number)
        > sum(day.weekday() == number for day in span)
        for number in range(7)
    ]
    tables.rows["calendar"].append((service, *map(int, week), written[0], written[-1]))
    for day in span:
        if (day in days) != week[day.weekday()]:
            tables.rows["calendar_dates"].append((service, _written(day), 1 if day in days else 2))
    return service


def _written(day: date) -> str:
    return day.strftime("%Y%m%d")


def _zip(tables: Mapping[str, Iterable[Row]]) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as file:
        for name, rows in tables.items():
            out = io.StringIO()
            written = csv.writer(out, lineterminator="\n")
            written.writerow(COLUMNS[name].split())
            written.writerows(rows)
            info = ZipInfo(f"{name}.txt")  # of 1980, so that the same content is the same file
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            file.writestr(info, out.getvalue())
    return made.getvalue()
