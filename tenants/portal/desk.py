"""Home page of the console: what waits for who is signed in, their week, their shortcuts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from sqlalchemy import (
    ColumnElement,
    Date,
    Row,
    Select,
    Text,
    Uuid,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from obshto.platform.clock import day_of
from obshto.platform.modularity.manifest import Component
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind
from obshto.platform.soft_delete import ids_of
from obshto.platform.unit_of_work import Principal, UnitOfWork

WEEK = timedelta(days=7)
SHORTCUTS = 6
TITLES: Mapping[TodoKind, LazyString] = {
    TodoKind.LATE: _("Просрочено"),
    TodoKind.NEW: _("Ново"),
    TodoKind.MINE: _("При Вас"),
    TodoKind.APPROVE: _("Чака одобрение"),
    TodoKind.ANSWER: _("Чака отговор"),
    TodoKind.PUBLISH: _("Чака публикуване"),
    TodoKind.DRAFT: _("Чернови"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskLine:
    """So many of something, and the list where they stand."""

    text: str
    number: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingGroup:
    """What waits for one reason; what is late is drawn as an alarm."""

    title: str
    lines: Sequence[DeskLine]
    is_alarm: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDay:
    """What falls due on a day."""

    day: date
    lines: Sequence[DeskLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What waits for who acts, empty lists left out, and days of the coming week, today first."""

    waiting: Sequence[WaitingGroup]
    week: Sequence[DeskDay]


def desk_of(uow: UnitOfWork, parts: Iterable[Component]) -> Desk:
    """Of all parts that are on, however many: one query, or none for who has no list at all.

    A part declares what waits as a statement; here all of them become one, a row for each list
    and for each day of what falls due.
    """
    parts, first = tuple(parts), day_of(uow.now)
    todos = _todos(parts, uow.principal)
    due = [one for part in parts for one in part.due if uow.principal.may(one.permission)]
    asked = [_number_of(at, todo, uow) for at, todo in enumerate(todos)]
    asked += [_days_of(at, one.days(uow), first) for at, one in enumerate(due, len(todos))]
    rows = uow.session.execute(union_all(*asked)).all() if asked else []
    numbers = [row for row in rows if row.day is None and row.number]
    days = [row for row in rows if row.day is not None]
    return Desk(
        waiting=_waiting([(todos[row.at], row) for row in sorted(numbers, key=_place)]),
        week=_week([(due[row.at - len(todos)], row) for row in sorted(days, key=_place)]),
    )


def shortcuts_of(parts: Iterable[Component], who: Principal) -> list[tuple[str, str]]:
    """What who is signed in begins most often: text and address."""
    entries = (one for part in parts for one in part.shortcuts)
    mine = [one for one in entries if one.permission and who.may(one.permission)]
    light = sorted(mine, key=lambda one: one.weight)[:SHORTCUTS]
    return [(str(one.label), url_for(one.endpoint)) for one in light]


def _todos(parts: Iterable[Component], who: Principal) -> list[Todo]:
    """Those that may be seen, each thing once, in the order of the menu's parts."""
    found: dict[tuple[TodoKind, str], Todo] = {}
    for part in parts:
        for todo in part.todo:
            if who.may(todo.permission):
                found.setdefault((todo.kind, str(todo.label)), todo)
    return list(found.values())


def _number_of(at: int, todo: Todo, uow: UnitOfWork) -> Select[Any]:
    """How many wait; of one that waits alone and has a page its id."""
    listed = ids_of(todo.rows(uow)).subquery()
    alone: ColumnElement[UUID | None] = cast(null(), Uuid)
    if todo.page:  # an id has no `min` of its own
        alone = cast(func.min(cast(listed.c.id, Text)), Uuid)
    day, number = cast(null(), Date).label("day"), func.count().label("number")
    told: Sequence[Any] = (literal(at).label("at"), day, number, alone.label("alone"))
    return select(*told).select_from(listed)


def _days_of(at: int, days: Select[Any], first: date) -> Select[Any]:
    """How many fall on each day of the week to come."""
    listed = days.order_by(None).subquery()
    day = listed.c[0]
    told = literal(at).label("at"), day.label("day"), func.count().label("number")
    found = select(*told, cast(null(), Uuid).label("alone"))
    return found.where(day >= first, day < first + WEEK).group_by(day)


def _place(row: Row[Any]) -> tuple[date, int]:
    return row.day or date.min, row.at


def _waiting(found: Sequence[tuple[Todo, Row[Any]]]) -> list[WaitingGroup]:
    return [
        WaitingGroup(title=str(TITLES[kind]), lines=lines, is_alarm=kind == TodoKind.LATE)
        for kind in TodoKind
        if (lines := [_todo_line(todo, row) for todo, row in found if todo.kind == kind])
    ]


def _week(found: Sequence[tuple[DueDays, Row[Any]]]) -> list[DeskDay]:
    return [
        DeskDay(day=day, lines=[_line(one, row.number) for one, row in rows])
        for day, rows in groupby(found, key=lambda pair: pair[1].day)
    ]


def _todo_line(todo: Todo, row: Row[Any]) -> DeskLine:
    """To the list, or straight to the only one that waits."""
    if row.number > 1 or not todo.page:
        return _line(todo, row.number)
    href = url_for(todo.page, **{todo.page_of: row.alone})
    return DeskLine(text=str(todo.label), number=row.number, href=href)


def _line(one: Todo | DueDays, number: int) -> DeskLine:
    opened: dict[str, Any] = dict(one.arguments)
    href = url_for(one.endpoint, **opened)
    return DeskLine(text=str(one.label), number=number, href=href)
