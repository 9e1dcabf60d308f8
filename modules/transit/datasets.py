"""Data sets of transit: the published timetables as one table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import literal, select

from obshto.modules.transit.services.regional import network_here
from obshto.modules.transit.services.service_time import write_gtfs
from obshto.platform.datasets import common_columns as common
from obshto.platform.datasets.declarations import Column, ColumnType, Dataset, Query
from obshto.platform.unit_of_work import UnitOfWork


def _network(uow: UnitOfWork) -> Query:
    """One row: the network is read whole, and once."""
    return select(literal(1))


def _stops(uow: UnitOfWork, row: Any) -> Iterator[tuple[Any, ...]]:
    """Each stop of each trip of each line, in the order of the ride."""
    network = network_here(uow)
    for line in network.lines.values():
        for key, way in sorted(line.directions.items()):
            for name, trip in way.named_trips():
                days = network.calendar_names.get(trip.calendar, "")
                for number, (at, seconds) in enumerate(trip.served, 1):
                    stop = network.stops[way.stops[at]]
                    told = (line.number, line.name, f"{line.id}-{key}-{name}", days, number)
                    yield (*told, stop.label, write_gtfs(seconds), stop.latitude, stop.longitude)


DATASETS = (
    Dataset(
        slug="timetables",
        title=_("Автобусни разписания"),
        about=_("Всяка спирка на всеки курс по публикуваните разписания. Има ги и като GTFS."),
        columns=(
            Column(name="line", title=_("Линия")),
            Column(name="line_name", title=_("Маршрут")),
            Column(name="trip", title=_("Курс")),
            Column(name="days", title=_("Дни")),
            Column(name="stop_number", title=_("Поред"), type=ColumnType.INTEGER),
            Column(name="stop", title=_("Спирка")),
            Column(name="time", title=_("Час")),
            *(common.LATITUDE, common.LONGITUDE),
        ),
        rows=_network,
        unfold=_stops,
        key=("trip", "stop_number"),
        theme="TRAN",
        point=common.POINT,
        named_by="stop",
        path="/transit/",
    ),
)
