"""Figures of a year: what each component here tells of it, and how promises stand.

They are kept as plain values, by words that stay: `ways` maps the word of a way to its figures,
`promises` a standing to a number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import func, select

from obshto.platform.clock import day_of
from obshto.platform.modularity.registry import components_here, current_registry
from obshto.platform.participation.declarations import Groups, ParticipationWay, WayFigures
from obshto.platform.participation.figures import period_of, within_days
from obshto.platform.thread.lines import SAME, is_here
from obshto.platform.thread.models import ThreadStation, ThreadThing
from obshto.platform.thread.states import StationStanding, standing_on
from obshto.platform.unit_of_work import UnitOfWork

Figures = Mapping[str, Any]
KEPT = (StationStanding.KEPT, StationStanding.KEPT_LATE)


def counted(uow: UnitOfWork, year: int) -> dict[str, Any]:
    """Some queries for each way; nothing of a way in which nobody spoke about nothing."""
    period = period_of(year)
    ways = {
        way.word: asdict(found)
        for part in components_here()
        for way in part.participation
        if (found := way.figures(uow, period)).things or found.voices
    }
    return {"ways": ways, "promises": _promises(uow, year)}


def told_ways(figures: Figures) -> Iterator[tuple[ParticipationWay, WayFigures]]:
    """Each way that is known still, in the order of the components."""
    for part in current_registry().parts.values():
        for way in part.participation:
            if way.word in figures["ways"]:
                yield way, WayFigures(**figures["ways"][way.word])


def told_together(several: Iterable[Figures]) -> Iterator[tuple[ParticipationWay, WayFigures]]:
    """Each way over several municipalities: sums of what each told itself, and nothing else.

    A group that one of them hid is in no sum, so what the others told leaves nothing of it.
    """
    found: dict[str, list[WayFigures]] = defaultdict(list)
    ways: dict[str, ParticipationWay] = {}
    for figures in several:
        for way, told in told_ways(figures):
            ways[way.word] = way
            found[way.word].append(told)
    for part in current_registry().parts.values():
        for way in part.participation:
            if way.word in ways:
                yield way, together(found[way.word])


def together(told: Sequence[WayFigures]) -> WayFigures:
    """One way of several municipalities as one."""
    return WayFigures(
        things=sum(one.things for one in told),
        voices=sum(one.voices for one in told),
        ends=_added(one.ends for one in told) or {},
        by_age=_added(one.by_age for one in told),
        by_mode=_added(one.by_mode for one in told),
    )


def _added(groups: Iterable[Groups | None]) -> Groups | None:
    """The sum of each group; None where nobody asked."""
    asked = [one for one in groups if one is not None]
    sums: Counter[str] = Counter()
    for one in asked:
        sums.update(one)
    return dict(sums) if asked else None


def without_places(figures: Figures) -> dict[str, Any]:
    """The ways as the region keeps them: settlements are the municipality's own affair."""
    return {word: {**way, "by_place": None} for word, way in figures["ways"].items()}


def summed(figures: Figures) -> dict[str, int]:
    """Of all ways together, and of the promises: `things`, `voices`, `kept`, `late`."""
    ways, promises = figures["ways"].values(), figures["promises"]
    return {
        "things": sum(way["things"] for way in ways),
        "voices": sum(way["voices"] for way in ways),
        "kept": sum(promises.get(word, 0) for word in KEPT),
        "late": promises.get(StationStanding.LATE, 0),
    }


def _promises(uow: UnitOfWork, year: int) -> dict[str, int]:
    """How those stand that were due in the year. One query."""
    state = standing_on(day_of(uow.now)).label("standing")
    due = within_days(ThreadStation.due_on, period_of(year))
    promised = select(state).select_from(ThreadStation).join(ThreadThing, SAME)
    found = promised.where(is_here(), ThreadStation.is_promise.is_(True), due).subquery()
    rows = select(found.c.standing, func.count()).group_by(found.c.standing)
    return {standing: number for standing, number in uow.session.execute(rows)}
