"""The question of a trip search, as it stands in an address, and what answers it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext

from obshto.modules.transit.services.network import ONE_DAY, LineAlert, Network, RunningLine
from obshto.modules.transit.services.rides import WHOLE_DAY, Itinerary, answers
from obshto.modules.transit.services.service_time import HOUR, read_time, seconds_at, write_clock
from obshto.platform.clock import day_of

AHEAD, BEHIND = timedelta(days=366), timedelta(days=1)
MOST = 12  # answers of one page
TO_DO = HOUR // 2  # what one goes for takes so long at least
LOOKS_AHEAD = 7  # days, for the next day with a bus


@dataclass(frozen=True, slots=True, kw_only=True)
class TripQuestion:
    """From a place to a place (EKATTE code or id of a stop) on a day.

    `after` is from when one can leave, `back_by` until when one wants to be home; as typed in
    `typed`. `errors` say what could not be read; then the question is not asked.
    """

    origin: str
    target: str
    day: date
    after: int | None
    back_by: int | None
    typed: Mapping[str, str]
    errors: tuple[str, ...]
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Ways there and back; `pair` is the first that leaves time for what one goes for."""

    out: list[Itinerary]
    back: list[Itinerary]
    pair: tuple[Itinerary, Itinerary] | None
    next_day: date | None  # with a bus, where there is none on the day asked for
    changes: list[tuple[RunningLine, list[LineAlert]]]  # of that day, on lines of the answer


def read_question(asked: Mapping[str, str], network: Network, now: datetime) -> TripQuestion:
    """The question of an address; every part that cannot be read is named."""
    typed = {word: asked.get(word, "")[:40] for word in ("from", "to", "day", "after", "back_by")}
    today, errors = day_of(now), []
    is_asked = "from" in asked and "to" in asked  # one of them alone is a link of a stop
    known = places_of(network) | {stop: "" for stop in network.stops}
    if is_asked and (typed["from"] not in known or typed["to"] not in known):
        errors.append(gettext("Изберете откъде и докъде"))
    elif is_asked and typed["from"] == typed["to"]:
        errors.append(gettext("Изберете две различни места"))
    day = _day(typed["day"], today)
    if day is None:
        errors.append(gettext("Изберете ден през следващата година"))
    times: dict[str, int | None] = {}
    for word in ("after", "back_by"):
        try:
            times[word] = read_time(typed[word])
        except ValueError:
            errors.append(gettext("Напишете часа като 8:05"))
    return TripQuestion(
        origin=typed["from"],
        target=typed["to"],
        day=day or today,
        after=times.get("after"),
        back_by=times.get("back_by"),
        typed=typed,
        errors=tuple(dict.fromkeys(errors)),
        is_asked=is_asked,
    )


def _day(typed: str, today: date) -> date | None:
    if not typed:
        return today
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if today - BEHIND <= day <= today + AHEAD else None


def places_of(network: Network) -> dict[str, Mapping[str, str]]:
    """The towns and villages in which a bus halts, by code; one that lost its name is left out."""
    return {stop.settlement: stop.place for stop in network.stops.values() if stop.place}


def searched(network: Network, asked: Mapping[str, str], now: datetime) -> dict[str, Any]:
    """Context of the page of a trip search, with its answers where something was asked."""
    question = read_question(asked, network, now)
    is_right = question.is_asked and not question.errors
    return {
        "network": network,
        "question": question,
        "found": answer_question(network, question, now) if is_right else None,
        "most": MOST,
        "bus_clock": write_clock,
        "places": places_of(network),
        "today": day_of(now),
    }


def answer_question(network: Network, question: TripQuestion, now: datetime) -> Found:
    """Ways there and back on that day."""
    there, here = _stops(network, question.target), _stops(network, question.origin)
    here = here - there  # a stop of the village, looked for from the village
    begins = question.after
    if begins is None:
        begins = seconds_at(question.day, now) if question.day == day_of(now) else 0
    ends = WHOLE_DAY[1] if question.back_by is None else question.back_by
    out = answers(network, question.day, here, there, (begins, WHOLE_DAY[1]))
    back = answers(network, question.day, there, here, (begins, ends))
    pair = next(
        ((one, other) for one in out for other in back if other.departs >= one.arrives + TO_DO),
        None,
    )
    next_day = None if out else _next_day(network, question.day, here, there)
    changes = _changes(network, question.day, [*out[:MOST], *back[:MOST]])
    return Found(out, back, pair, next_day, changes)


def _changes(
    network: Network, day: date, ways: list[Itinerary]
) -> list[tuple[RunningLine, list[LineAlert]]]:
    """The lines of these ways of which something is announced for the day."""
    lines = {ride.run.line.id: ride.run.line for way in ways for ride in way.rides}
    told = [(line, network.alerts_on(key, day)) for key, line in lines.items()]
    return [(line, alerts) for line, alerts in told if alerts]


def _next_day(
    network: Network, day: date, here: frozenset[str], there: frozenset[str]
) -> date | None:
    ahead = (day + number * ONE_DAY for number in range(1, LOOKS_AHEAD + 1))
    return next((day for day in ahead if answers(network, day, here, there)), None)


def _stops(network: Network, place: str) -> frozenset[str]:
    return frozenset([place]) if place in network.stops else network.in_settlement(place)
