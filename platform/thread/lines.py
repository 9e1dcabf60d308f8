"""The line of a thread as a page shows it: one statement, whatever components stand in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, select, tuple_

from obshto.platform.clock import day_of, next_midnight
from obshto.platform.modularity.manifest import ModuleManifest
from obshto.platform.modularity.registry import components_here, current_registry
from obshto.platform.thread.connected_components import Key
from obshto.platform.thread.declarations import OWES
from obshto.platform.thread.errors import NoSuchThread
from obshto.platform.thread.models import ThreadLink, ThreadStation, ThreadThing
from obshto.platform.thread.states import StationRow, StationStanding, standing_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.validity import limit_validity

LONGEST = 300  # stations of a line that are read
LONGEST_OF_PAGE = 1_500  # of all lines that one page shows
AGAIN = "#"  # behind it is what tells stations of one word apart: „fault#2“
SAME = and_(
    ThreadStation.part == ThreadThing.part, ThreadStation.object_id == ThreadThing.object_id
)  # a station is of this thing


@dataclass(frozen=True, slots=True, kw_only=True)
class StationView:
    """A station as people read it. `is_said`: its title is staff's own, in Bulgarian."""

    row: StationRow
    title: str
    is_said: bool
    owes: str
    owes_is_said: bool
    standing: StationStanding

    @property
    def is_owed(self) -> bool:
        """Somebody has to do something for it to be reached."""
        is_open = self.standing in (StationStanding.OPEN, StationStanding.LATE)
        return bool(self.owes) and is_open


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingView:
    """A thing of the line with its stations; `kind` says what it is."""

    thing: ThreadThing
    kind: str
    stations: Sequence[StationView]

    @property
    def latest(self) -> StationView | None:
        """The station that was reached or dropped last; of one day the later on the way."""
        over = [it for it in reversed(self.stations) if it.row.reached_on or it.row.dropped_on]
        return max(over, key=_ended_on, default=None)

    @property
    def ahead(self) -> StationView | None:
        """The station of its nearest day to come that the clock brings; what is owed is `owed`."""
        still = [it for it in self.stations if it.standing == StationStanding.OPEN]
        coming = [it for it in still if not it.is_owed]
        dated = [(it.row.due_on, it.row.position, it) for it in coming if it.row.due_on]
        return min(dated)[2] if dated else None


@dataclass(frozen=True, kw_only=True)  # without slots: they would leave no room for what is lazy
class ThreadLine:
    """All things of one thread that can be seen now, the first first; it is read `at` one."""

    id: UUID
    at: UUID
    today: date
    things: Sequence[ThingView]

    @cached_property
    def owed(self) -> list[tuple[ThingView, StationView]]:
        """What somebody owes, the nearest day first; what has no day comes last."""
        found = [(it, one) for it in self.things for one in it.stations if one.is_owed]
        return sorted(found, key=lambda pair: pair[1].row.due_on or date.max)

    @property
    def late(self) -> list[tuple[ThingView, StationView]]:
        """What is owed and late, the oldest day first."""
        return [pair for pair in self.owed if pair[1].standing == StationStanding.LATE]

    @cached_property
    def before(self) -> Sequence[ThingView]:
        """The things that stand before the one it is read at."""
        return list(takewhile(lambda it: it.thing.object_id != self.at, self.things))

    @property
    def after(self) -> Sequence[ThingView]:
        """The things that stand after it."""
        return self.things[len(self.before) + 1 :]

    @property
    def says_something(self) -> bool:
        """There is more to read than the page of the thing alone says."""
        return len(self.things) > 1 or bool(self.owed)


def line_of(uow: UnitOfWork, part: str, object_id: UUID) -> ThreadLine | None:
    """The line in which a thing stands, None where it has none. One statement."""
    own = select(ThreadThing.thread_id).filter_by(part=part, object_id=object_id, is_shown=True)
    return _line(uow, own, at=object_id)


def lines_at(uow: UnitOfWork, keys: Collection[Key]) -> Mapping[UUID, ThreadLine]:
    """Lines of these things that say something, by the thing's id; others are left out. One
    statement, whatever their number."""
    if not keys:
        return {}
    limit_validity(next_midnight(uow.now))
    among = tuple_(ThreadThing.part, ThreadThing.object_id).in_(sorted(keys))
    own = select(ThreadThing.thread_id).where(among, ThreadThing.is_shown)
    wanted = _rows().where(ThreadThing.thread_id.in_(own)).limit(LONGEST_OF_PAGE)
    threads: dict[UUID, list[Row[Any, Any]]] = defaultdict(list)
    for row in uow.session.execute(wanted):
        threads[row[0].thread_id].append(row)
    today = day_of(uow.now)
    lines = [
        _as_line(rows, today, object_id)
        for rows in threads.values()
        for part, object_id in {(thing.part, thing.object_id) for thing, _station in rows}
        if (part, object_id) in keys
    ]
    return {line.at: line for line in lines if line.says_something}


def thread_at(uow: UnitOfWork, object_id: UUID) -> ThreadLine:
    """The line at the address of any of its things. Raises NoSuchThread."""
    own = select(ThreadThing.thread_id).where(ThreadThing.object_id == object_id).limit(1)
    found = _line(uow, own, at=object_id)
    if found is None:
        raise NoSuchThread
    return found


def links_in(uow: UnitOfWork, line: ThreadLine) -> Sequence[ThreadLink]:
    """What followed from what on this line. One query."""
    ids = [view.thing.object_id for view in line.things]
    rows = select(ThreadLink).where(ThreadLink.object_id.in_(ids), ThreadLink.from_id.in_(ids))
    return uow.session.scalars(rows.order_by(ThreadLink.at, ThreadLink.id)).all()


def is_here() -> ColumnElement[bool]:
    """The thing is shown, and its component is on in this municipality."""
    slugs = [part.slug for part in components_here()]
    return and_(ThreadThing.is_shown, ThreadThing.part.in_(slugs))


def view_of(station: StationRow, today: date) -> StationView:
    """Its title and who owes it, in the language in force."""
    named = title_of(station)
    owes = OWES.get(station.owes)
    return StationView(
        row=station,
        title=station.title or named,
        is_said=bool(station.title),
        owes=str(owes) if owes else station.owes,
        owes_is_said=owes is None,
        standing=standing_of(station, today),
    )


def title_of(station: StationRow) -> str:
    """What its component calls such a station."""
    source = current_registry().parts[station.part].stations
    words: Mapping[str, object] = source.words if source else {}
    return str(words.get(station.word.partition(AGAIN)[0], ""))


def kind_of(part: str, kind: str = "") -> str:
    """„Проект“: what a thing of a component is called, by its own kind where it has one."""
    found = current_registry().parts[part]
    if found.stations:
        return str(found.stations.kinds.get(kind, found.stations.kind))
    return str(found.title) if isinstance(found, ModuleManifest) else ""


def _line(uow: UnitOfWork, own: Select[UUID], *, at: UUID) -> ThreadLine | None:
    limit_validity(next_midnight(uow.now))
    wanted = _rows().where(ThreadThing.thread_id == own.scalar_subquery()).limit(LONGEST)
    rows: Sequence[Row[Any, Any]] = uow.session.execute(wanted).all()
    return _as_line(rows, day_of(uow.now), at) if rows else None


def _rows() -> Select[ThreadThing, ThreadStation]:
    """Things that can be seen now with their stations, in the order of a line."""
    wanted = select(ThreadThing, ThreadStation).outerjoin(ThreadStation, SAME).where(is_here())
    return wanted.order_by(ThreadThing.since, ThreadThing.object_id, ThreadStation.position)


def _as_line(rows: Sequence[Row[Any, Any]], today: date, at: UUID) -> ThreadLine:
    stations: dict[UUID, list[StationView]] = {}
    things: dict[UUID, ThreadThing] = {}
    for thing, station in rows:
        things[thing.object_id] = thing
        views = stations.setdefault(thing.object_id, [])
        if station:
            views.append(view_of(station, today))
    return ThreadLine(
        id=next(iter(things.values())).thread_id,
        at=at,
        today=today,
        things=[
            ThingView(
                thing=thing, kind=kind_of(thing.part, thing.kind), stations=stations[object_id]
            )
            for object_id, thing in things.items()
        ],
    )


def _ended_on(view: StationView) -> date:
    return view.row.dropped_on or view.row.reached_on or date.min
