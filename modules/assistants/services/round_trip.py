"""Round trip of a day: the shortest order of at most twelve visits, exactly. Pure functions.

Distances are straight lines between settlements times `FACTOR`: no road network is at hand. The
solver is the dynamic programme of Held and Karp (1962), narrowed by what was promised: visits with
an hour keep their order, the morning comes before the afternoon. Twelve visits are 24,576 states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

MOST = 12  # visits of one day
FACTOR = 1.3  # of a road to the straight line beside it
_EARTH = 6371.0  # kilometres
Point = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class TripStop:
    """A visit to be ordered: where, in which half, and at which hour where one was promised."""

    settlement: str
    half: int  # 0 before noon, 1 after
    hour: float | None = None  # any number that grows with the hour


def kilometres(points: Mapping[str, Point], start: str, end: str) -> float:
    """By road, as far as is known; nothing for what lies nobody knows where."""
    if start == end or start not in points or end not in points:
        return 0.0
    (north, east), (to_north, to_east) = points[start], points[end]
    across = sin(radians(to_north - north) / 2) ** 2
    along = sin(radians(to_east - east) / 2) ** 2
    square = across + cos(radians(north)) * cos(radians(to_north)) * along
    return 2 * _EARTH * asin(sqrt(square)) * FACTOR


def length_of(points: Mapping[str, Point], home: str, order: Sequence[TripStop]) -> float:
    """Kilometres from home through these stops and back."""
    places = [home, *(stop.settlement for stop in order), home]
    return sum(kilometres(points, *pair) for pair in zip(places, places[1:], strict=False))


def shortest_order(points: Mapping[str, Point], home: str, stops: Sequence[TripStop]) -> list[int]:
    """Numbers of the stops in the order of the shortest round trip that keeps the promises."""
    if len(stops) > MOST:
        raise ValueError(f"at most {MOST} stops")
    if not stops:
        return []
    before = [_must_precede(stops, number) for number in range(len(stops))]
    places = sorted({home, *(stop.settlement for stop in stops)})
    apart = {(a, b): kilometres(points, a, b) for a in places for b in places}
    best = _ways(stops, before, apart, home)
    whole = (1 << len(stops)) - 1
    ends = [
        (cost + apart[stops[last].settlement, home], last)
        for (seen, last), (cost, _) in best.items()
        if seen == whole
    ]
    _, last = min(ends)
    return _walk_back(best, whole, last)


_Ways = dict[tuple[int, int], tuple[float, int]]  # (visited, last) → (kilometres, the one before)


def _ways(
    stops: Sequence[TripStop],
    before: Sequence[int],
    apart: Mapping[tuple[str, str], float],
    home: str,
) -> _Ways:
    """The shortest way to each last stop over each set of stops."""
    count = len(stops)
    best: _Ways = {
        (1 << n, n): (apart[home, stops[n].settlement], -1) for n in range(count) if not before[n]
    }
    for seen in range(1, 1 << count):
        free = [n for n in range(count) if not seen >> n & 1 and before[n] & ~seen == 0]
        for last in range(count):
            if (seen, last) not in best:
                continue
            cost, here = best[seen, last][0], stops[last].settlement
            for following in free:
                key = seen | 1 << following, following
                total = cost + apart[here, stops[following].settlement]
                if key not in best or total < best[key][0]:
                    best[key] = total, last
    return best


def _walk_back(best: _Ways, seen: int, last: int) -> list[int]:
    order: list[int] = []
    while last >= 0:
        order.append(last)
        earlier = best[seen, last][1]
        seen, last = seen & ~(1 << last), earlier
    return order[::-1]


def _must_precede(stops: Sequence[TripStop], number: int) -> int:
    """Those that come before it, as bits."""
    stop = stops[number]
    return sum(
        1 << other for other, one in enumerate(stops) if other != number and _is_before(one, stop)
    )


def _is_before(one: TripStop, other: TripStop) -> bool:
    if one.half != other.half:
        return one.half < other.half
    return one.hour is not None and other.hour is not None and one.hour < other.hour
