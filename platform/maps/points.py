"""Points of all layers: filtered, sorted by distance, counted and put into cells by the database.

A municipality may have 20,000 of them: no page reads them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Float,
    Select,
    Subquery,
    Text,
    cast,
    column,
    func,
    literal,
    null,
    select,
    union_all,
    values,
)

from obshto.platform.maps.layers import MapLayer
from obshto.platform.modularity.registry import components_here
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import DEGREE, Point

CELL, FINE_CELL = 0.01, 0.001  # degrees: some 1 km, 100 m
MOST_CELLS = 400
Points = Mapping[str, Point]  # of settlements, by EKATTE code


@dataclass(frozen=True, slots=True, kw_only=True)
class MapQuery:
    """What was asked of the map; empty words ask for everything. `near` sorts by distance."""

    layer: str = ""
    kind: str = ""
    tag: str = ""
    ekatte: str = ""
    words: str = ""
    near: Point | None = None


@dataclass(frozen=True, slots=True)
class MapPoint:
    """One thing on the map, for `village_map.drawing_of` and for a list; `path` below the host.

    `distance` is in kilometres as the crow flies, None where nobody asked or nobody knows.
    """

    id: UUID
    layer: MapLayer
    kind: str
    title: str
    language: str
    ekatte: str
    latitude: float | None
    longitude: float | None
    detail: str
    at: Any
    state: str
    distance: float | None

    @property
    def path(self) -> str:
        return self.layer.path.format(id=self.id)

    @property
    def label(self) -> Any:
        """What kind of thing it is, in the language in force."""
        return self.layer.kinds.get(self.kind, self.layer.title)

    @property
    def icon(self) -> str:
        """Name of its icon."""
        return self.layer.icons.get(self.kind, self.layer.icon)


@dataclass(frozen=True, slots=True)
class Facets:
    """How many things there are, by layer and kind, and by settlement."""

    kinds: Mapping[tuple[str, str], int]
    settlements: Mapping[str, int]

    def of_layer(self, word: str) -> int:
        """How many of one layer."""
        return sum(number for (layer, _), number in self.kinds.items() if layer == word)


def layers_here() -> Mapping[str, MapLayer]:
    """The layers of all components that are on in the municipality at hand, by their word."""
    return {layer.word: layer for part in components_here() for layer in part.map_layers}


class MapPoints:
    """The points of these layers in one language; who has none stands at the settlement's.

    `settlements` are the points of towns and villages by EKATTE code.
    """

    def __init__(
        self, uow: UnitOfWork, layers: Mapping[str, MapLayer], settlements: Points, language: str
    ) -> None:
        self.uow, self.layers = uow, layers
        self._all = _located(_together(uow, layers.values(), language), settlements)

    def asked(self, query: MapQuery) -> Select[Any]:
        """The rows of `rows_of`, the nearest first, else by layer and title."""
        here = self._all.c.latitude, self._all.c.longitude
        distance = distance_of(*here, query.near) if query.near else null()
        rows = self._narrowed(select(self._all, distance.label("distance")), query)
        order = [distance] if query.near else []
        c = self._all.c
        return rows.order_by(*order, c.rank, func.lower(c.title), c.thing)

    def rows_of(self, rows: Select[Any], *, limit: int, offset: int = 0) -> Sequence[MapPoint]:
        """That stretch of the rows. One query."""
        found = self.uow.session.execute(rows.limit(limit).offset(offset))
        return [self._point(row._mapping) for row in found]

    def facets(self) -> Facets:
        """Of everything, whatever was asked. One query."""
        c = self._all.c
        grouped = select(c.layer, c.kind, c.ekatte, func.count()).group_by(
            c.layer, c.kind, c.ekatte
        )
        kinds: dict[tuple[str, str], int] = {}
        settlements: dict[str, int] = {}
        for layer, kind, ekatte, number in self.uow.session.execute(grouped):
            kinds[layer, kind] = kinds.get((layer, kind), 0) + number
            settlements[ekatte] = settlements.get(ekatte, 0) + number
        return Facets(kinds, settlements)

    def cells(self, query: MapQuery) -> Sequence[Point]:
        """Where there is anything of what was asked: one point a cell, the fullest first."""
        size = FINE_CELL if query.ekatte or query.near else CELL
        at = [func.floor(self._all.c[name] / size) for name in ("latitude", "longitude")]
        middle = [func.avg(self._all.c[name]) for name in ("latitude", "longitude")]
        rows = self._narrowed(select(*middle), query).where(self._all.c.latitude.is_not(None))
        fullest = rows.group_by(*at).order_by(func.count().desc()).limit(MOST_CELLS)
        return [(latitude, longitude) for latitude, longitude in self.uow.session.execute(fullest)]

    def _narrowed(self, rows: Select[Any], query: MapQuery) -> Select[Any]:
        for name in ("layer", "kind", "ekatte"):
            if word := getattr(query, name):
                rows = rows.where(self._all.c[name] == word)
        if query.tag:
            rows = rows.where(self._all.c.tags.contains([query.tag]))
        for word in query.words.casefold().split()[:8]:
            said = func.lower(self._all.c.title + " " + self._all.c.detail)
            rows = rows.where(said.contains(word, autoescape=True))
        return rows

    def _point(self, row: Mapping[Any, Any]) -> MapPoint:
        told = {name: row[name] for name in ("kind", "title", "language", "ekatte", "state")}
        where = {name: row[name] for name in ("latitude", "longitude", "detail", "at", "distance")}
        return MapPoint(id=row["thing"], layer=self.layers[row["layer"]], **told, **where)


def _together(uow: UnitOfWork, layers: Iterable[MapLayer], language: str) -> Subquery:
    rows = []
    for rank, layer in enumerate(layers):
        own = layer.points(uow, language).order_by(None).subquery()
        name, at = literal(layer.word, Text).label("layer"), literal(rank).label("rank")
        rows.append(select(name, at, *own.c))
    return union_all(*rows).subquery("point")


def _located(points: Subquery, settlements: Points) -> Subquery:
    """The same, with the settlement's point where a thing has none of its own."""
    if not settlements:
        return points
    typed = (column("ekatte", Text), column("latitude", Float), column("longitude", Float))
    rows = [(code, *point) for code, point in settlements.items()]
    village = values(*typed, name="village").data(rows)
    kept = [one for one in points.c if one.name not in ("latitude", "longitude")]
    has_none = points.c.latitude.is_(None)
    return (
        select(
            *kept,
            *(
                func.coalesce(points.c[name], cast(village.c[name], Float)).label(name)
                for name in ("latitude", "longitude")
            ),
        )
        .select_from(points.outerjoin(village, has_none & (points.c.ekatte == village.c.ekatte)))
        .subquery("located")
    )


def distance_of(latitude: Any, longitude: Any, near: Point) -> ColumnElement[float]:
    """Kilometres as the crow flies: the earth is flat within a municipality."""
    north = (latitude - near[0]) * DEGREE
    east = (longitude - near[1]) * DEGREE * cos(radians(near[0]))
    return func.sqrt(north * north + east * east)
