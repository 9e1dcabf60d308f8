"""Checks of a timetable before it is published: sentences, and whether they forbid it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from flask_babel import gettext

from obshto.modules.transit.services.network import BusStop, distance
from obshto.modules.transit.services.service_time import HOUR, write_time
from obshto.modules.transit.services.timetable import Direction, Trip

FASTEST = 110 / 3.6  # metres a second, as the crow flies
APART = 3_000  # metres: nearer stops may stand at one point, their village's
FAR = 60_000  # metres from everything else of the line


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence for the editor; `is_fatal` keeps the timetable from being published."""

    text: str
    is_fatal: bool = False


def findings_of(
    directions: Mapping[str, Direction], stops: Mapping[str, BusStop], calendars: Mapping[str, str]
) -> list[Finding]:
    """Findings, the fatal ones first."""
    found = [one for way in directions.values() for one in _of_direction(way, stops, calendars)]
    if not any(way.stops for way in directions.values()):
        found.append(Finding(gettext("Разписанието няма нито една спирка"), True))
    elif not any(way.trips for way in directions.values()):
        found.append(
            Finding(gettext("Няма нито един курс: хората ще видят само спирките, без часове"))
        )
    return sorted(dict.fromkeys(found), key=lambda one: not one.is_fatal)


def _of_direction(
    way: Direction, stops: Mapping[str, BusStop], calendars: Mapping[str, str]
) -> Iterator[Finding]:
    labels = [stops[key].label if key in stops else "" for key in way.stops]
    if not all(labels):
        yield Finding(gettext("Една от спирките вече я няма. Изберете друга."), True)
        return
    if any(trip.calendar not in calendars for trip in way.trips):
        yield Finding(gettext("Един от курсовете няма дни. Изберете кога се движи."), True)
    for trip in way.trips:
        yield from _of_trip(trip, way, labels, stops)
    yield from _overtaken(way, labels)
    for row, label in enumerate(labels):
        if way.trips and all(trip.times[row] is None for trip in way.trips):
            yield Finding(gettext("На спирка „%(stop)s“ не спира нито един курс", stop=label))
    yield from _far(way, stops)


def _of_trip(
    trip: Trip, way: Direction, labels: list[str], stops: Mapping[str, BusStop]
) -> Iterator[Finding]:
    served = trip.served
    if len(served) < 2:  # noqa: PLR2004  from one stop to another
        when = write_time(served[0][1]) if served else "–"
        yield Finding(gettext("Курсът в %(time)s спира само на едно място", time=when), True)
        return
    for (row, leaves), (onward, arrives) in pairwise(served):
        told = {
            "start": write_time(served[0][1]),
            "here": labels[row],
            "leaves": write_time(leaves),
            "there": labels[onward],
            "arrives": write_time(arrives),
        }
        if arrives < leaves:
            yield Finding(
                gettext(
                    "Курсът в %(start)s пристига на „%(there)s“ в %(arrives)s, преди да е тръгнал"
                    " от „%(here)s“ в %(leaves)s. След полунощ пишете 24:10.",
                    **told,
                ),
                True,
            )
        elif _is_too_fast(stops[way.stops[row]], stops[way.stops[onward]], arrives - leaves):
            yield Finding(
                gettext(
                    "Курсът в %(start)s стига от „%(here)s“ до „%(there)s“ твърде бързо. Проверете"
                    " %(leaves)s и %(arrives)s.",
                    **told,
                )
            )
        elif arrives - leaves > 3 * HOUR:
            yield Finding(
                gettext(
                    "Курсът в %(start)s пътува над 3 часа от „%(here)s“ до „%(there)s“. Проверете"
                    " %(leaves)s и %(arrives)s.",
                    **told,
                )
            )


def _is_too_fast(here: BusStop, there: BusStop, seconds: int) -> bool:
    # Hours are written in minutes: one of 59 seconds more may have passed.
    length = distance(here, there)
    return length > APART and length > FASTEST * (seconds + 59)


def _overtaken(way: Direction, labels: list[str]) -> Iterator[Finding]:
    """Two trips of the same days, of which the later one is somewhere before the earlier one."""
    for number, one in enumerate(way.trips):
        for other in way.trips[number + 1 :]:
            rows = [
                (row, mine, other.times[row])
                for row, mine in one.served
                if other.times[row] is not None
            ]
            if one.calendar != other.calendar or not rows:
                continue
            if one.times == other.times:
                yield Finding(
                    gettext("Курсът в %(time)s е въведен два пъти", time=write_time(rows[0][1]))
                )
                continue
            later = [row for row, mine, theirs in rows if theirs is not None and theirs < mine]
            if later and len(later) < len(rows):
                yield Finding(
                    gettext(
                        "Курсът в %(later)s изпреварва курса в %(earlier)s преди „%(stop)s“",
                        later=write_time(other.first_time),
                        earlier=write_time(one.first_time),
                        stop=labels[later[0]],
                    )
                )


def _far(way: Direction, stops: Mapping[str, BusStop]) -> Iterator[Finding]:
    for key in dict.fromkeys(way.stops):
        others = [stops[other] for other in way.stops if other != key]
        if others and min(distance(stops[key], other) for other in others) > FAR:
            label = stops[key].label
            yield Finding(
                gettext(
                    "Спирка „%(stop)s“ е на над 60 км от другите. Проверете къде стои.", stop=label
                )
            )
