"""Control rows: what the leak watch plants is read by the leak watch and by nobody else.

A planted row is known by the `request_id` that follows from its mark (`control_id`). Every SELECT
of the ORM leaves them out, whatever page, list, count, export or job asks. While the leak watch
plants and looks it reads all, as staff and as a stranger, through whatever session a page opens.
Statements past the ORM (backup, the proof of the log's chain) see the tables as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from uuid import NAMESPACE_URL, UUID, uuid5

from flask import Flask, current_app
from sqlalchemy import ColumnElement, all_, bindparam, event
from sqlalchemy.orm import (
    Mapped,
    ORMExecuteState,
    mapped_column,
    with_loader_criteria,
)
from sqlalchemy.orm.util import LoaderCriteriaOption
from sqlalchemy.types import UserDefinedType

from obshto.platform.db.session import TenantSession

LEAK_WATCH = UUID(int=0xCA9A87)  # the person who plants and looks: holds no role, has no session
LEAK_WATCH_NAME = "Проверка за чужди данни"
LEAK_WATCH_JOB = "canary:look"
MARKS = "obshto.control_marks"
PLANTED = "planted_ids"  # the parameter that holds them
_sees = ContextVar("sees_control_rows", default=False)

MarksOf = Callable[[str], Collection[str]]  # of a municipality


class UuidArrayText(UserDefinedType[str]):
    """Ids as PostgreSQL spells an array of them: read once for a statement, by nobody else."""

    cache_ok = True
    render_bind_cast = True

    def get_col_spec(self, **_words: object) -> str:
        return "UUID[]"


class HoldsControlRow:
    """A model with a `request_id`, of which the leak watch plants one row."""

    request_id: Mapped[UUID] = mapped_column()


_others: list[LoaderCriteriaOption] = []  # of models that are known otherwise


def hide_control_rows(model: type, criterion: ColumnElement[bool]) -> None:
    """Beside its model: which of its rows people read."""
    _others.append(with_loader_criteria(model, criterion, include_aliases=True))


def control_id(mark: str) -> UUID:
    """The `request_id` under which a mark is planted."""
    return uuid5(NAMESPACE_URL, mark)


@contextmanager
def show_control_rows() -> Iterator[None]:
    """For the leak watch alone. Nothing that arrives over the network can set it."""
    token = _sees.set(True)
    try:
        yield
    finally:
        _sees.reset(token)


def install(app: Flask, marks_of: MarksOf) -> None:
    """`marks_of` is asked once for each municipality."""
    app.extensions[MARKS] = cache(
        lambda slug: _without(tuple(control_id(mark) for mark in marks_of(slug)))
    )


@event.listens_for(TenantSession, "do_orm_execute")
def _leave_out(state: ORMExecuteState) -> None:
    if not state.is_select or state.is_column_load or state.is_relationship_load:
        return
    if _sees.get():
        return
    hidden, scope = list(_others), state.session.info["scope"]
    if scope and (without := current_app.extensions.get(MARKS)):
        hidden.append(without(scope.slug))
    state.statement = state.statement.options(*hidden)


def _without(ids: tuple[UUID, ...]) -> LoaderCriteriaOption:
    """One value, however many ids there are and however often a statement names such a model.

    As a list each mention would bring one parameter for each part of the house: hundreds in the
    statement of a queue, which take longer than the queue itself.
    """
    text = "{" + ",".join(map(str, ids)) + "}"
    planted = bindparam(PLANTED, text, UuidArrayText(), unique=True)
    return with_loader_criteria(
        HoldsControlRow, lambda model: model.request_id != all_(planted), include_aliases=True
    )
