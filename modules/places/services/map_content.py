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
from obshto.platform.village_map import Drawing, Village, drawing_of
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import points_of_settlements, settlements_of


@dataclass(frozen=True, slots=True)
class MapContent:
    """One page of the map. `villages` are names by EKATTE code, of those where anything is."""

    points: Sequence[MapPoint]
    number: int
    total: int
    drawing: Drawing | None
    facets: Facets
    villages: Mapping[str, str]


class MunicipalMap:
    """The map of the municipality at hand, in one language. One read of its settlements."""

    def __init__(self, uow: UnitOfWork, language: str) -> None:
        assert uow.scope
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
        "url": address,
    }
    geometry = None
    if point.latitude is not None and point.longitude is not None:
        at = [round(point.longitude, 6), round(point.latitude, 6)]
        geometry = {"type": "Point", "coordinates": at}
    kept = {name: value for name, value in told.items() if value}
    return {"type": "Feature", "id": str(point.id), "geometry": geometry, "properties": kept}
