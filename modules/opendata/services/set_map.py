"""Map of a data set: its rows at their coordinates, else at the settlement that they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from obshto.modules.opendata.services.catalogue import POINT
from obshto.modules.opendata.services.upload_reader import AROUND, place_key, tells_place
from obshto.platform.datasets.common_columns import ID
from obshto.platform.datasets.declarations import Cell, Column, ColumnType
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import MOST, Drawing, Point, drawing_of
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import name_of, settlements_here, villages_here

Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One point of the map: what stands there first, and how many rows."""

    id: UUID
    label: str
    rows: int
    latitude: float
    longitude: float
    ekatte: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetMap:
    """The drawing with its legend by number; `unplaced` rows stand nowhere, `more` without one."""

    drawing: Drawing
    legend: Sequence[tuple[int, Spot]]
    unplaced: int
    more: int


class RowPlaces:
    """Knows where a row lies. Two reads, none where no column tells a place."""

    def __init__(self, uow: UnitOfWork, columns: Sequence[Column], language: str = SOURCE) -> None:
        names = {column.name for column in columns}
        self.has_point = set(POINT) <= names
        self.place = next((one.name for one in columns if _is_place(one)), "")
        self.villages = villages_here(uow, language) if self.has_point or self.place else []
        middles = {village.ekatte: village.point for village in self.villages}
        self._names = told = settlements_here(uow) if self.place else {}
        self._by_name = {
            place_key(name): middles[code]
            for code, named in told.items()
            for name in (code, *named.values())
            if code in middles
        }

    def __bool__(self) -> bool:
        return self.has_point or bool(self.place)

    def of(self, row: Row) -> Point | None:
        """Its own point, else the settlement's; None for what is in no place of ours."""
        if self.has_point and (own := _own(row)):
            return own
        return self._by_name.get(place_key(str(row.get(self.place) or "")))

    def called(self, row: Row, naming: str) -> str:
        """What stands in that column, an EKATTE code by its name; else the settlement, if any."""
        word = str(row.get(naming) or row.get(self.place) or "–")
        return name_of(word, self._names, SOURCE) or word


def keys_of_places(uow: UnitOfWork) -> frozenset[str]:
    """Settlements of the municipality, by code and by name in each language. One read."""
    told = settlements_here(uow)
    return frozenset(
        place_key(name) for code, named in told.items() for name in (code, *named.values())
    )


def map_of(
    uow: UnitOfWork,
    columns: Sequence[Column],
    rows: Iterable[Row],
    language: str,
    *,
    named_by: str = "",
) -> SetMap | None:
    """None where no row has a place. `named_by`: the column by which a point is called."""
    places = RowPlaces(uow, columns, language)
    if not places:
        return None
    spots, unplaced = _spots(places, named_by or _naming(columns, places), rows)
    drawn = spots[:MOST]
    near = {(round(one.latitude, 2), round(one.longitude, 2)) for one in spots[MOST:]}
    drawing = drawing_of(drawn, places.villages, sorted(near))  # a dot a kilometre
    if drawing is None:
        return None
    legend = [(drawing.numbers[spot.id], spot) for spot in drawn]
    return SetMap(drawing=drawing, legend=legend, unplaced=unplaced, more=len(spots) - len(drawn))


def _spots(places: RowPlaces, naming: str, rows: Iterable[Row]) -> tuple[list[Spot], int]:
    found: dict[Point, Spot] = {}
    unplaced = 0
    for row in rows:
        point = places.of(row)
        if point is None:
            unplaced += 1
        elif spot := found.get(point):
            found[point] = replace(spot, rows=spot.rows + 1)
        else:
            latitude, longitude = point
            found[point] = Spot(
                id=UUID(int=len(found)),
                label=places.called(row, naming),
                rows=1,
                latitude=latitude,
                longitude=longitude,
            )
    return list(found.values()), unplaced


def _naming(columns: Sequence[Column], places: RowPlaces) -> str:
    """The column by which a point is called: with points the first text, else the settlement."""
    texts = [one for one in columns if one.type is ColumnType.STRING and not one.words]
    own = [one.name for one in texts if one.name not in (places.place, ID.name)]
    return own[0] if places.has_point and own else places.place


def _is_place(column: Column) -> bool:
    return column.is_place or tells_place(str(column.title))


def _own(row: Row) -> Point | None:
    latitude, longitude = (row.get(name) for name in POINT)
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    (south, north), (west, east) = AROUND
    is_inside = south <= latitude <= north and west <= longitude <= east
    return (latitude, longitude) if is_inside else None
