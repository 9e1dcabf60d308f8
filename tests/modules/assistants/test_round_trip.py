"""The round trip is the shortest there is that keeps what was promised; distances are honest."""

from itertools import permutations
from random import Random

import pytest

from obshto.modules.assistants.services.round_trip import (
    FACTOR,
    MOST,
    TripStop,
    kilometres,
    length_of,
    shortest_order,
)

VIDIN, KULA = (43.9961, 22.8679), (43.8888, 22.5222)
POINTS = {"vidin": VIDIN, "kula": KULA}


def villages(number, seed):
    random = Random(seed)  # noqa: S311  a map, no secret
    return {f"v{n}": (43.5 + random.random(), 22.4 + random.random()) for n in range(number)}


def keeps(stops, order):
    """The morning first, hours in their order."""
    for before, after in zip(order, order[1:], strict=False):
        if stops[before].half > stops[after].half:
            return False
    timed = [stops[n] for n in order if stops[n].hour is not None]
    return timed == sorted(timed, key=lambda stop: (stop.half, stop.hour))


def test_a_road_is_longer_than_the_line_beside_it():
    line = kilometres(POINTS, "vidin", "kula") / FACTOR
    assert 29 < line < 31  # some thirty kilometres on the map
    assert kilometres(POINTS, "vidin", "nowhere") == 0.0


@pytest.mark.parametrize("seed", range(8))
def test_no_other_order_is_shorter(seed):
    points, random = villages(6, seed), Random(seed)  # noqa: S311
    stops = [
        TripStop(f"v{n}", random.randrange(2), random.choice((None, 10.0 + n, 15.0 - n)))
        for n in range(1, 6)
    ]
    order = shortest_order(points, "v0", stops)
    every = [o for o in permutations(range(5)) if keeps(stops, o)]
    best = min(length_of(points, "v0", [stops[n] for n in o]) for o in every)
    assert keeps(stops, order)
    assert length_of(points, "v0", [stops[n] for n in order]) == pytest.approx(best)


def test_twelve_visits_are_ordered_and_thirteen_refused():
    points = villages(MOST + 1, 5)
    stops = [TripStop(f"v{n}", n % 2) for n in range(1, MOST + 1)]
    assert sorted(shortest_order(points, "v0", stops)) == list(range(MOST))
    with pytest.raises(ValueError, match="at most 12"):
        shortest_order(points, "v0", [*stops, stops[0]])


def test_a_day_without_visits_is_no_trip():
    assert shortest_order(POINTS, "vidin", []) == []
    assert length_of(POINTS, "vidin", []) == 0.0
