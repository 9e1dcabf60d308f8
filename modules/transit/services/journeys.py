"""Trip search over a day: profile connection scan (Dibbelt et al., 2013), pure and in memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

CHANGE = 120  # seconds between two buses at one stop
NO_WALKS: Mapping[str, Sequence[tuple[str, int]]] = {}


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


class _Option(NamedTuple):
    """At some stop: leave then, be there then, by this ride and what follows from its end."""

    departs: int
    arrives: int
    enter: Connection
    leave: Connection


_Profile = list[_Option]  # the latest first; each leaves earlier and arrives earlier than the last


def sorted_connections(connections: Collection[Connection]) -> list[Connection]:
    """In the order in which a scan reads them; those of one trip stay in the order of the ride."""
    return sorted(connections, key=lambda one: (one.departs, one.arrives))


def find_journeys(
    connections: Sequence[Connection],
    sources: Collection[str],
    targets: Collection[str],
    *,
    walks: Mapping[str, Sequence[tuple[str, int]]] = NO_WALKS,
    change: int = CHANGE,
) -> list[Journey]:
    """Every journey that no other one beats: leaving later, arriving earlier. By departure.

    `connections` are sorted. `walks` leads from a stop to others and says how long it takes; one
    walk at a time, before a bus. Between two buses there is time for a `change`.
    """
    profiles: dict[str, _Profile] = {}
    riding: dict[int, tuple[int, Connection]] = {}
    ends = frozenset(targets)
    for one in reversed(connections):
        best = riding.get(one.trip)
        if one.target in ends and (best is None or one.arrives <= best[0]):
            best = (one.arrives, one)
        onward = _next(profiles.get(one.target), one.arrives + change)
        if onward and (best is None or onward.arrives < best[0]):
            best = (onward.arrives, one)
        if best is None:
            continue
        riding[one.trip] = best
        _offer(profiles, one.origin, _Option(one.departs, *_order(best, one)))
        for stop, seconds in walks.get(one.origin, ()):
            _offer(profiles, stop, _Option(one.departs - seconds, *_order(best, one)))
    found = _undominated(option for stop in sources for option in profiles.get(stop, ()))
    return [_journey(option, profiles, ends, change) for option in found]


def _order(best: tuple[int, Connection], enter: Connection) -> tuple[int, Connection, Connection]:
    return best[0], enter, best[1]


def _late(option: _Option) -> int:
    return -option.departs


def _next(profile: _Profile | None, after: int) -> _Option | None:
    """The earliest arrival of those that leave then or later."""
    if not profile:
        return None
    at = bisect_right(profile, -after, key=_late)
    return profile[at - 1] if at else None


def _offer(profiles: dict[str, _Profile], stop: str, option: _Option) -> None:
    """Keep it unless another is as good; let go of those that it beats."""
    profile = profiles.setdefault(stop, [])
    begin = end = bisect_right(profile, -option.departs, key=_late)
    if begin and profile[begin - 1].arrives <= option.arrives:
        return
    while begin and profile[begin - 1].departs == option.departs:
        begin -= 1
    while end < len(profile) and profile[end].arrives >= option.arrives:
        end += 1
    profile[begin:end] = [option]


def _undominated(options: Iterable[_Option]) -> list[_Option]:
    """The best of several stops, by departure."""
    ranked = sorted(options, key=lambda one: (-one.departs, one.arrives))
    kept: list[_Option] = []
    for option in ranked:
        if not kept or option.arrives < kept[-1].arrives:
            kept.append(option)
    return kept[::-1]


def _journey(
    option: _Option, profiles: Mapping[str, _Profile], ends: frozenset[str], change: int
) -> Journey:
    legs = [Leg(option.enter, option.leave)]
    at = option
    while not (at.leave.target in ends and at.leave.arrives == at.arrives):
        onward = _next(profiles.get(at.leave.target), at.leave.arrives + change)
        assert onward  # it was there when the ride before it was chosen
        at = onward
        legs.append(Leg(at.enter, at.leave))
    return Journey(option.departs, option.arrives, tuple(legs))
