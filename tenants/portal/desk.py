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
from sqlalchemy import Select, func, literal, select, union_all

from obshto.platform.clock import day_of
from obshto.platform.modularity.manifest import Component
from obshto.platform.modularity.todo import DueDays, Todo, TodoKind
from obshto.platform.soft_delete import counts
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


def waiting_for(uow: UnitOfWork, parts: Iterable[Component]) -> list[WaitingGroup]:
    """What waits for who acts, over all parts that are on; empty lists are left out.

    One query, and a second where something waits alone and has a page of its own.
    """
    todos = _todos(parts, uow.principal)
    lists = {str(at): todo.rows(uow) for at, todo in enumerate(todos)}
    numbers = counts(uow, lists) if lists else {}
    alone = {at: todo for at, todo in enumerate(todos) if todo.page and numbers[str(at)] == 1}
    ids = _ids_of(uow, alone)
    found = [
        (todo.kind, _line(todo, numbers[str(at)], ids.get(at)))
        for at, todo in enumerate(todos)
        if numbers[str(at)]
    ]
    return [
        WaitingGroup(title=str(TITLES[kind]), lines=lines, is_alarm=kind == TodoKind.LATE)
        for kind in TodoKind
        if (lines := [line for its, line in found if its == kind])
    ]


def week_of(uow: UnitOfWork, parts: Iterable[Component]) -> list[DeskDay]:
    """Days of the coming week on which something falls due, today first. One query."""
    may, first = uow.principal.may, day_of(uow.now)
    due = [one for part in parts for one in part.due if may(one.permission)]
    if not due:
        return []
    days = [_counted(at, one.days(uow), first) for at, one in enumerate(due)]
    rows = sorted(uow.session.execute(union_all(*days)), key=lambda row: (row.day, row.at))
    return [
        DeskDay(day=day, lines=[_line(due[row.at], row.number) for row in found])
        for day, found in groupby(rows, key=lambda row: row.day)
    ]


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


def _ids_of(uow: UnitOfWork, alone: Mapping[int, Todo]) -> dict[int, UUID]:
    """The rows that wait alone, by the place of their list. One query, or none."""
    if not alone:
        return {}
    rows = [_id_of(at, todo.rows(uow)) for at, todo in alone.items()]
    return {at: row_id for at, row_id in uow.session.execute(union_all(*rows))}


def _id_of(at: int, rows: Select[Any]) -> Select[Any]:
    listed = rows.order_by(None).subquery()
    return select(literal(at).label("at"), listed.c.id.label("id"))


def _counted(at: int, days: Select[Any], first: date) -> Select[Any]:
    listed = days.subquery()
    day = listed.c[0]
    found = select(literal(at).label("at"), day.label("day"), func.count().label("number"))
    return found.where(day >= first, day < first + WEEK).group_by(day)


def _line(one: Todo | DueDays, number: int, alone: UUID | None = None) -> DeskLine:
    opened: dict[str, Any] = dict(one.arguments)
    endpoint = one.endpoint
    if alone and isinstance(one, Todo):
        endpoint, opened = one.page, {one.page_of: alone}
    href = url_for(endpoint, **opened)
    return DeskLine(text=str(one.label), number=number, href=href)
