"""Trip search over a day: profile connection scan (Dibbelt et al., 2013), pure and in memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import inf
from typing import NamedTuple

CHANGE = 120  # seconds between two buses at one stop
Walks = Mapping[str, Sequence[tuple[str, int]]]
NO_WALKS: Walks = {}


class Connection(NamedTuple):
    """A bus from one stop to the next, in seconds of the day; `trip` is the bus."""

    departs: int
    arrives: int
    origin: str
    target: str
    trip: int


class Leg(NamedTuple):
    """One ride: boarded at the beginning of `enter`, left at the end of `leave`."""

    enter: Connection
    leave: Connection


class Journey(NamedTuple):
    """From the door to the last stop; `departs` counts a walk to the first bus."""

    departs: int
    arrives: int
    legs: tuple[Leg, ...]


# Minus the departure, so that tuples sort as wanted; the arrival; the ride that comes next.
_Option = tuple[int, int, Connection, Connection]
# The latest first; each leaves earlier and arrives earlier than the one before it.
_Profile = list[_Option]


def sorted_connections(connections: Collection[Connection]) -> list[Connection]:
    """In the order in which a scan reads them; those of one trip stay in the order of the ride."""
    return sorted(connections, key=lambda one: (one.departs, one.arrives))


def find_journeys(
    connections: Sequence[Connection],
    sources: Collection[str],
    targets: Collection[str],
    *,
    walks: Walks = NO_WALKS,
    change: int = CHANGE,
) -> list[Journey]:
    """Every journey that no other one beats: leaving later, arriving earlier. By departure.

    `connections` are sorted. `walks` leads from a stop to others and says how long it takes; one
    walk at a time, before a bus. Between two buses there is time for a `change`.
    """
    profiles: dict[str, _Profile] = {}
    riding: dict[int, tuple[int, Connection]] = {}
    ends = frozenset(targets)
    for one in reversed(_reachable(connections, sources, walks, change)):
        departs, arrives, origin, target, trip = one
        best = riding.get(trip)
        if target in ends and (best is None or arrives <= best[0]):
            best = (arrives, one)
        onward = _next(profiles.get(target), arrives + change)
        if onward and (best is None or onward[1] < best[0]):
            best = (onward[1], one)
        if best is None:
            continue
        riding[trip] = best
        _offer(profiles.setdefault(origin, []), (-departs, best[0], one, best[1]))
        for stop, seconds in walks.get(origin, ()):
            option = (seconds - departs, best[0], one, best[1])
            _offer(profiles.setdefault(stop, []), option)
    found = _undominated(option for stop in sources for option in profiles.get(stop, ()))
    return [_journey(option, profiles, ends, change) for option in found]


def _reachable(
    connections: Sequence[Connection], sources: Collection[str], walks: Walks, change: int
) -> list[Connection]:
    """The connections that somebody who begins at the sources can be on."""
    ready: dict[str, float] = dict.fromkeys(sources, -inf)  # when one can board there, at first
    for source in sources:
        ready |= {stop: -inf for stop, _ in walks.get(source, ())}
    boarded: set[int] = set()
    kept = []
    for one in connections:
        if one.trip in boarded or ready.get(one.origin, inf) <= one.departs:
            boarded.add(one.trip)
            kept.append(one)
            for stop, seconds in ((one.target, 0), *walks.get(one.target, ())):
                at = one.arrives + seconds + change
                if at < ready.get(stop, inf):
                    ready[stop] = at
    return kept


def _next(profile: _Profile | None, after: int) -> _Option | None:
    """The earliest arrival of those that leave then or later."""
    at = bisect_right(profile, (-after, inf)) if profile else 0
    return profile[at - 1] if profile and at else None


def _offer(profile: _Profile, option: _Option) -> None:
    """Keep it unless another is as good; let go of those that it beats."""
    begin = end = bisect_right(profile, (option[0], inf))
    if begin and profile[begin - 1][1] <= option[1]:
        return
    while begin and profile[begin - 1][0] == option[0]:
        begin -= 1
    while end < len(profile) and profile[end][1] >= option[1]:
        end += 1
    profile[begin:end] = [option]


def _undominated(options: Iterable[_Option]) -> list[_Option]:
    """The best of several stops, by departure."""
    kept: list[_Option] = []
    for option in sorted(options, key=lambda one: one[:2]):
        if not kept or option[1] < kept[-1][1]:
            kept.append(option)
    return kept[::-1]


def _journey(
    option: _Option, profiles: Mapping[str, _Profile], ends: frozenset[str], change: int
) -> Journey:
    legs, at = [Leg(*option[2:])], option
    while not (at[3].target in ends and at[3].arrives == at[1]):
        onward = _next(profiles.get(at[3].target), at[3].arrives + change)
        assert onward  # it was there when the ride before it was chosen
        at = onward
        legs.append(Leg(*at[2:]))
    return Journey(-option[0], option[1], tuple(legs))
