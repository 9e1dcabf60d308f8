"""Map drawn by the house itself: villages as dots, things as numbers; nobody else is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Protocol
from uuid import UUID

WIDTH, EDGE = 320, 24  # of the drawing, in its own units
LOWEST, HIGHEST = 160, 420
APART = (58, 10)  # names nearer to each other than this would lie over each other
LETTER = 6.5  # how wide a letter is, at most
MOST = 200  # things on one map

DEGREE = 111.2  # kilometres of one degree of latitude
FARTHEST = 25.0  # kilometres: no village's land reaches so far
COUNTRY = ((41.2, 44.3), (22.3, 28.7))  # latitude, longitude of Bulgaria's edges

Point = tuple[float, float]  # latitude, longitude


class Mapped(Protocol):
    """A row with a point of its own, or in a village (an EKATTE code), or nowhere."""

    @property
    def id(self) -> UUID: ...
    @property
    def ekatte(self) -> str: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


def kilometres(one: Point, other: Point) -> float:
    """As the crow flies; the earth is flat within a province."""
    east = (one[1] - other[1]) * cos(radians(one[0]))
    return DEGREE * hypot(one[0] - other[0], east)


def in_country(point: Point) -> bool:
    """A slip of a digit lands elsewhere."""
    return all(least <= at <= most for at, (least, most) in zip(point, COUNTRY, strict=True))


@dataclass(frozen=True, slots=True)
class Village:
    """A town or village: code, name in the page's language, where it is."""

    ekatte: str
    name: str
    point: Point


@dataclass(frozen=True, slots=True)
class Dot:
    """A village on the drawing; without a name where another's would lie over it."""

    x: float
    y: float
    name: str
    name_x: float  # the middle of the name, moved so that it stays inside


@dataclass(frozen=True, slots=True)
class Mark:
    """A number on the drawing; `ekatte` and `name` where it counts the things of one village."""

    x: float
    y: float
    number: int
    ekatte: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class MapFrame:
    """How degrees become units of a drawing, north up.

    `x = left + (longitude - west) * across`, `y = edge + (north - latitude) * down`.
    """

    height: int
    north: float
    west: float
    across: float  # units of a degree of longitude, which shrinks with the latitude
    down: float
    left: float
    edge: int = EDGE

    def at(self, point: Point) -> tuple[float, float]:
        x = self.left + (point[1] - self.west) * self.across
        y = self.edge + (self.north - point[0]) * self.down
        return round(x, 1), round(y, 1)

    @property
    def kilometre(self) -> float:
        """How many units one is."""
        return self.down / DEGREE


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole map. `numbers` says by which number each thing stands; some stand nowhere."""

    frame: MapFrame
    dots: Sequence[Dot]
    marks: Sequence[Mark]
    numbers: Mapping[UUID, int]
    others: Sequence[tuple[float, float]] = ()  # things without a number

    @property
    def height(self) -> int:
        return self.frame.height


def drawing_of(
    things: Sequence[Mapped], villages: Sequence[Village], others: Sequence[Point] = ()
) -> Drawing | None:
    """Things at their own point, else at their village's; one number for those at one point.

    `others` are points where there are more things than are listed. None where nothing is to draw.
    """
    at_village = {village.ekatte: village.point for village in villages}
    points = {thing.id: point for thing in things if (point := _point(thing, at_village))}
    order = list(dict.fromkeys(points.values()))
    if not order:
        return None
    frame = _frame_of([*order, *others, *at_village.values()])
    marks = [Mark(*frame.at(point), number) for number, point in enumerate(order, 1)]
    numbers = {thing_id: order.index(point) + 1 for thing_id, point in points.items()}
    first = sorted(villages, key=lambda village: village.point not in order)
    unlisted = [frame.at(point) for point in others]
    return Drawing(frame, list(_dots(first, frame)), marks, numbers, unlisted)


def drawing_of_counts(counts: Mapping[str, int], villages: Sequence[Village]) -> Drawing | None:
    """How many things there are in each village, by EKATTE code; a village without any is a dot.

    None where nothing is to draw.
    """
    counted = [village for village in villages if counts.get(village.ekatte)]
    if not counted:
        return None
    frame = _frame_of([village.point for village in villages])
    marks = [
        Mark(*frame.at(one.point), counts[one.ekatte], one.ekatte, one.name) for one in counted
    ]
    first = sorted(villages, key=lambda village: village not in counted)
    return Drawing(frame, list(_dots(first, frame)), marks, {})


@dataclass(frozen=True, slots=True)
class PickerVillage:
    """A village on a map to tell a place on; its name waits until one looks nearer if `crowded`."""

    ekatte: str
    x: float
    y: float
    name: str
    crowded: bool


@dataclass(frozen=True, slots=True)
class PickerMap:
    """A map to tell a place on: its frame turns a tap into degrees."""

    frame: MapFrame
    villages: Sequence[PickerVillage]


def picker_map(villages: Sequence[Village]) -> PickerMap | None:
    """The villages to tell a place among; None where nobody knows where they are."""
    if not villages:
        return None
    frame = _frame_of([village.point for village in villages])
    drawn = [
        PickerVillage(village.ekatte, dot.x, dot.y, village.name, not dot.name)
        for village, dot in zip(villages, _dots(villages, frame), strict=True)
    ]
    return PickerMap(frame, drawn)


def _point(thing: Mapped, at_village: Mapping[str, Point]) -> Point | None:
    if thing.latitude is not None and thing.longitude is not None:
        return thing.latitude, thing.longitude
    return at_village.get(thing.ekatte)


def _frame_of(points: Sequence[Point]) -> MapFrame:
    """Fits points into the drawing."""
    latitudes, longitudes = zip(*points, strict=True)
    north, west = max(latitudes), min(longitudes)
    shrink = cos(radians((north + min(latitudes)) / 2))
    wide = (max(longitudes) - west) * shrink or 0.01
    high = north - min(latitudes) or 0.01
    scale = min((WIDTH - 2 * EDGE) / wide, (HIGHEST - 2 * EDGE) / high)
    height = max(LOWEST, round(high * scale) + 2 * EDGE)
    return MapFrame(height, north, west, shrink * scale, scale, (WIDTH - wide * scale) / 2)


def _dots(villages: Iterable[Village], frame: MapFrame) -> Iterable[Dot]:
    written: list[tuple[float, float]] = []
    for village in villages:
        x, y = frame.at(village.point)
        free = all(abs(x - a) > APART[0] or abs(y - b) > APART[1] for a, b in written)
        if free:
            written.append((x, y))
        half = LETTER * len(village.name) / 2
        inside = round(min(max(x, half), WIDTH - half), 1)
        yield Dot(x, y, village.name if free else "", inside)
