"""One queue of what awaits an answer, over all parts: by term, by kind, by village, one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import abort, url_for
from sqlalchemy import Select, func, select

from obshto.platform.modularity.awaited_answers import AwaitedAnswers
from obshto.platform.modularity.manifest import Component
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.pagination import SIZE, Page
from obshto.tenants.portal.kinds import rows_of_kinds

Lists = Mapping[str, AwaitedAnswers]
MOST = 1_000  # rows among which the one before and the one after are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedRow:
    """One thing; `due` is the last day by law or None, `since` when the answer began to be due."""

    kind: str
    id: UUID
    title: str
    text: str
    place: str
    since: datetime
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFilter:
    """The queue narrowed by kind and by settlement; an empty word narrows nothing."""

    kind: str = ""
    place: str = ""

    @property
    def kept(self) -> dict[str, str]:
        """The same in the address of a row, whose own kind is said already."""
        said = {"of": self.kind, "place": self.place}
        return {name: value for name, value in said.items() if value}

    @property
    def query(self) -> dict[str, str]:
        """The same in an address."""
        said = {"kind": self.kind, "place": self.place}
        return {name: value for name, value in said.items() if value}


def lists_for(uow: UnitOfWork, parts: Iterable[Component]) -> Lists:
    """Kinds that who acts may see, in the order of the menu."""
    may = uow.principal.may
    return {one.word: one for part in parts for one in part.answers if may(one.permission)}


def numbers_of(uow: UnitOfWork, lists: Lists, place: str) -> Mapping[str, int]:
    """How many of each kind wait there. One query."""
    rows = _all(uow, lists, AnswerFilter(place=place)).subquery()
    counted = select(rows.c.kind, func.count()).group_by(rows.c.kind)
    found = {kind: number for kind, number in uow.session.execute(counted)}
    return {word: found.get(word, 0) for word in lists}


def page_of(
    uow: UnitOfWork, lists: Lists, wanted: AnswerFilter, number: int, *, total: int
) -> Page:
    """A page of the queue: the last day first, then what waits longest. One query."""
    number = min(number, max(1, -(-total // SIZE)))
    rows = _all(uow, lists, wanted).limit(SIZE).offset((number - 1) * SIZE)
    found = [AwaitedRow(**row._mapping) for row in uow.session.execute(rows)]
    return Page(found, number, total)


def row_of(uow: UnitOfWork, lists: Lists, kind: str, row_id: UUID) -> AwaitedRow:
    """One of them; not found once it has its answer. One query."""
    rows = _all(uow, lists, AnswerFilter(kind=kind)).subquery()
    found = uow.session.execute(select(rows).where(rows.c.id == row_id)).one_or_none()
    return AwaitedRow(**found._mapping) if found else abort(404)


def around(
    uow: UnitOfWork, lists: Lists, wanted: AnswerFilter, row: AwaitedRow
) -> tuple[str, str, int, int]:
    """Addresses of the one before and of the one after, empty at the ends; its place, of how many.

    One query.
    """
    rows = _all(uow, lists, wanted)
    keys = rows.with_only_columns(rows.selected_columns.kind, rows.selected_columns.id)
    ids = [(one.kind, one.id) for one in uow.session.execute(keys.limit(MOST))]
    at = ids.index((row.kind, row.id)) if (row.kind, row.id) in ids else len(ids)
    before = _address(ids[at - 1], wanted) if at > 0 else ""
    after = _address(ids[at + 1], wanted) if at + 1 < len(ids) else ""
    return before, after, at + 1, len(ids)


def opened_at(one: AwaitedAnswers, row: AwaitedRow) -> str:
    """Where it is answered."""
    arguments: dict[str, Any] = {one.argument: row.id}
    return url_for(one.endpoint, **arguments)


def _address(row: tuple[str, UUID], wanted: AnswerFilter) -> str:
    kept: dict[str, Any] = wanted.kept
    return url_for(".awaited_answer", kind=row[0], row_id=row[1], **kept)


def _all(uow: UnitOfWork, lists: Lists, wanted: AnswerFilter) -> Select[Any]:
    rows = rows_of_kinds(uow, lists, wanted.kind)
    found = select(rows)
    if wanted.place:
        found = found.where(rows.c.place == wanted.place)
    return found.order_by(rows.c.due.nulls_last(), rows.c.since, rows.c.id)
