"""Pocket timetable: the directions of a line in panels of A6, as many as its hours need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from obshto.modules.transit.services.network import RunningLine
from obshto.modules.transit.services.timetable import Direction, Trip

STOPS, TRIPS = 26, 6  # of one panel
ROOMY = (12, 3)  # stops and trips that stand there in large print


@dataclass(frozen=True, slots=True)
class PocketPanel:
    """Part of one direction's timetable: its stops from `row` on, trips across."""

    way: Direction
    row: int
    trips: Sequence[Trip]

    @property
    def is_roomy(self) -> bool:
        """Few enough hours for large print."""
        return len(self.rows) <= ROOMY[0] and len(self.trips) <= ROOMY[1]

    @property
    def rows(self) -> range:
        """Rows of the direction that stand here."""
        return range(self.row, min(self.row + STOPS, len(self.way.stops)))


def panels_of(line: RunningLine) -> list[list[PocketPanel]]:
    """Of each direction that has hours, in the order of reading."""
    ways = [way for way in line.directions.values() if way.stops and way.trips]
    return [_panels(way) for way in ways]


def spread_of(panels: Sequence[Sequence[PocketPanel]]) -> Sequence[PocketPanel]:
    """What lies open before one: the way there and the way back, else two parts of one."""
    firsts = [of_way[0] for of_way in panels]
    return firsts if len(firsts) > 1 else [one for of_way in panels for one in of_way][:2]


def others_of(panels: Sequence[Sequence[PocketPanel]]) -> list[PocketPanel]:
    """What has no place there."""
    spread = spread_of(panels)
    return [one for of_way in panels for one in of_way if one not in spread]


def _panels(way: Direction) -> list[PocketPanel]:
    return [
        PocketPanel(way, row, way.trips[trip : trip + TRIPS])
        for trip in range(0, len(way.trips), TRIPS)
        for row in range(0, len(way.stops), STOPS)
    ]
