"""Content of the map of everything: a stretch of the list, the same on a drawing, the rest as dots.

Nothing is drawn that the list does not say, in the same order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from obshto.platform.maps.layers import MapLayer
from obshto.platform.maps.points import Facets, MapPoint, MapPoints, MapQuery, layers_here
from obshto.platform.soft_delete import number_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import Drawing, Point, Village, drawing_of, kilometres
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import points_of_settlements, settlements_of

SEVERAL = "pin"  # icon of things of different kinds at one point


@dataclass(frozen=True, slots=True)
class MapContent:
    """One page of the map. `villages` are names by EKATTE code, of those where anything is."""

    points: Sequence[MapPoint]
    number: int
    total: int
    drawing: Drawing | None
    facets: Facets
    villages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MapMark:
    """What stands at one number of the drawing, in the order of the list."""

    number: int
    points: Sequence[MapPoint]

    @property
    def icon(self) -> str:
        """That of all of them, else a pin."""
        icons = {point.icon for point in self.points}
        return icons.pop() if len(icons) == 1 else SEVERAL


def marks_of(content: MapContent) -> Sequence[MapMark]:
    """The numbers of the drawing in their order."""
    found: dict[int, list[MapPoint]] = {}
    for point in content.points if content.drawing else ():
        if content.drawing and point.id in content.drawing.numbers:
            found.setdefault(content.drawing.numbers[point.id], []).append(point)
    return [MapMark(number, found[number]) for number in sorted(found)]


class MunicipalMap:
    """The map of the municipality at hand, in one language. One read of its settlements."""

    def __init__(self, uow: UnitOfWork, language: str) -> None:
        known, self.names = points_of_settlements(), dict[str, str]()
        self.villages: list[Village] = []
        for place in settlements_of(uow.scope.slug):
            name = place.names.get(language) or place.names["en"]
            self.names[place.ekatte] = f"{place.kind} {name}" if language == SOURCE else name
            if place.ekatte in known:
                self.villages.append(Village(place.ekatte, name, known[place.ekatte]))
        self.uow, self.layers = uow, layers_here()
        at = {village.ekatte: village.point for village in self.villages}
        self.all = MapPoints(uow, self.layers, at, language)

    def page(self, query: MapQuery, number: int, *, size: int) -> MapContent:
        """Four queries, whatever there is. Past the end is the last page."""
        rows, facets = self.all.asked(query), self.all.facets()
        total = self.uow.session.scalar(number_of(rows)) or 0
        number = min(number, max(1, -(-total // size)))
        points = self.all.rows_of(rows, limit=size, offset=(number - 1) * size)
        others = self.all.cells(query) if total > len(points) else []
        drawn = [village for village in self.villages if query.ekatte in ("", village.ekatte)]
        if query.near:
            drawn, others = _around(query.near, points, drawn, others)
        names = {code: name for code, name in self.names.items() if code in facets.settlements}
        drawing = drawing_of(points, drawn, others)
        return MapContent(points, number, total, drawing, facets, names)

    def features(self, query: MapQuery, number: int, *, size: int) -> tuple[list[MapPoint], bool]:
        """A stretch of what has a point, and whether more follows. One query."""
        rows = self.all.asked(query)
        found = self.all.rows_of(rows, limit=size + 1, offset=(number - 1) * size)
        return list(found[:size]), len(found) > size

    def query_of(self, asked: Mapping[str, Any]) -> MapQuery:
        """What an address asks for; what nobody offers counts as not asked.

        `what` is a layer („transit“) or a kind of one („places.pharmacy“), `near` latitude and
        longitude.
        """
        layer, _, kind = asked.get("what", "").partition(".")
        known = self.layers.get(layer)
        tag, ekatte = asked.get("feature", ""), asked.get("ekatte", "")
        return MapQuery(
            layer=layer if known else "",
            kind=kind if known and kind in known.kinds else "",
            tag=tag if tag in tags_of(self.layers) else "",
            ekatte=ekatte if ekatte in self.names else "",
            words=asked.get("words", "").strip()[:100],
            near=near_of(asked.get("near", "")),
        )


def _around(
    near: Point, points: Sequence[MapPoint], villages: Sequence[Village], others: Sequence[Point]
) -> tuple[list[Village], list[Point]]:
    """What is no farther than the farthest of the list: the drawing is of where one stands."""
    reach = max((point.distance or 0 for point in points), default=0)
    return (
        [one for one in villages if kilometres(near, one.point) <= reach],
        [one for one in others if kilometres(near, one) <= reach],
    )


def near_of(text: str) -> tuple[float, float] | None:
    """„43.991,22.872“ rounded to some hundred metres; None for what is no point on earth."""
    try:
        latitude, longitude = (round(float(number), 3) for number in text[:40].split(","))
    except ValueError:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def tags_of(layers: Mapping[str, MapLayer]) -> Mapping[str, Any]:
    """What one may ask things of all layers for, with its words."""
    return {word: title for layer in layers.values() for word, title in layer.tags.items()}


def feature_of(point: MapPoint, address: str) -> dict[str, Any]:
    """The point as GeoJSON (RFC 7946, 3.2); `address` is the page's own, with its host."""
    told = {
        "kind": f"{point.layer.word}.{point.kind}",
        "label": str(point.label),
        "title": point.title,
        "place": point.ekatte,
        "detail": point.detail,
        "state": point.state,
        "url": address,
    }
    geometry = None
    if point.latitude is not None and point.longitude is not None:
        at = [round(point.longitude, 6), round(point.latitude, 6)]
        geometry = {"type": "Point", "coordinates": at}
    kept = {name: value for name, value in told.items() if value}
    return {"type": "Feature", "id": str(point.id), "geometry": geometry, "properties": kept}
