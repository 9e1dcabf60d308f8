"""Queries of promises: the list of all, whichever component made them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select, tuple_

from obshto.platform.clock import day_of
from obshto.platform.modularity.registry import components_here
from obshto.platform.thread.lines import SAME, StationView, is_here, kind_of, view_of
from obshto.platform.thread.models import ThreadStation, ThreadThing
from obshto.platform.thread.states import StationStanding, standing_on
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, current_language
from obshto.tenants.api import settlements_here

WORDS = 6  # words of a search that are looked for
ORDER = {standing.value: place for place, standing in enumerate(StationStanding)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFilter:
    """What somebody asked the list for; empty words ask for everything."""

    words: str = ""
    standing: str = ""
    settlement: str = ""
    part: str = ""

    @property
    def is_anything(self) -> bool:
        return self == PromiseFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """A line of the list: the promise, and the public thing that it belongs to."""

    view: StationView
    thing: ThreadThing
    kind: str


def filter_of(asked: Mapping[str, str]) -> PromiseFilter:
    """The filter of an address; what is none of ours is no filter."""
    standing, part = asked.get("state", ""), asked.get("part", "")
    settlement = asked.get("settlement", "")
    return PromiseFilter(
        words=asked.get("q", "").replace("\x00", "").strip()[:100],
        standing=standing if standing in ORDER else "",
        settlement=settlement if settlement.isascii() and settlement.isdigit() else "",
        part=part if part in parts_here() else "",
    )


def parts_here() -> dict[str, str]:
    """Components that promise anything here, by what one of their things is called."""
    return {part.slug: kind_of(part.slug) for part in components_here() if part.stations}


def promises(uow: UnitOfWork, wanted: PromiseFilter) -> Select[ThreadStation]:
    """The list: late ones first, then by their day."""
    state = standing_on(day_of(uow.now))
    place = case(ORDER, value=state)
    ended = func.coalesce(ThreadStation.dropped_on, ThreadStation.reached_on)
    order = (
        place,
        ended.desc().nulls_last(),
        ThreadStation.due_on.nulls_last(),
        ThreadStation.object_id,
        ThreadStation.word,
    )
    rows = select(ThreadStation).join(ThreadThing, SAME).where(*_conditions(wanted))
    if wanted.standing:
        rows = rows.where(state == wanted.standing)
    return rows.order_by(*order)


def counted(uow: UnitOfWork, wanted: PromiseFilter | None = None) -> dict[str, int]:
    """How many stand how, whatever standing was asked for. One query."""
    state = standing_on(day_of(uow.now)).label("standing")
    conditions = _conditions(wanted or PromiseFilter())
    rows = select(state).select_from(ThreadStation).join(ThreadThing, SAME).where(*conditions)
    found = rows.subquery()
    numbers = select(found.c.standing, func.count()).group_by(found.c.standing)
    told = {standing: number for standing, number in uow.session.execute(numbers)}
    return {standing.value: told.get(standing.value, 0) for standing in StationStanding}


def lines_of(uow: UnitOfWork, rows: Sequence[ThreadStation]) -> list[PromiseLine]:
    """The rows as they are read, with what they belong to. One query."""
    keys = {(row.part, row.object_id) for row in rows}
    wanted = select(ThreadThing).where(
        tuple_(ThreadThing.part, ThreadThing.object_id).in_(sorted(keys))
    )
    things: dict[tuple[str, UUID], ThreadThing] = {}
    if keys:
        things = {(it.part, it.object_id): it for it in uow.session.scalars(wanted)}
    today: date = day_of(uow.now)
    return [
        PromiseLine(
            view=view_of(row, today),
            thing=things[row.part, row.object_id],
            kind=kind_of(row.part),
        )
        for row in rows
    ]


def _conditions(wanted: PromiseFilter) -> list[ColumnElement[bool]]:
    conditions = [is_here(), ThreadStation.is_promise.is_(True)]
    if wanted.settlement:
        conditions.append(ThreadThing.place == wanted.settlement)
    if wanted.part:
        conditions.append(ThreadThing.part == wanted.part)
    for word in wanted.words.split()[:WORDS]:
        columns = (ThreadThing.title, ThreadStation.title, ThreadStation.reason)
        conditions.append(or_(*(it.icontains(word, autoescape=True) for it in columns)))
    return conditions


def settlement_names(uow: UnitOfWork) -> Mapping[str, str]:
    """Settlements by EKATTE code, in the language in force; none where there are none."""
    language = current_language()
    return {
        code: name.get(language) or name[SOURCE] for code, name in settlements_here(uow).items()
    }
