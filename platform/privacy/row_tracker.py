"""Row tracking: what a block of work erases or changes, by table and id, and what it must spare.

It listens to the session: objects when they are flushed, statements before they run. The rows that
a statement will hit are read first, by its own condition. What the database deletes by a foreign
key (ON DELETE CASCADE) goes with its parent and is not counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import Delete, Table, Update, event, inspect, select
from sqlalchemy.orm import Mapper, ORMExecuteState, Session

from obshto.platform.db.erasure_log import ERASED
from obshto.platform.privacy.legal_holds import HeldRows
from obshto.platform.unit_of_work import UnitOfWork

Ids = dict[str, set[str]]
OURS = "obshto.row_tracker"  # in `session.info` while the tracker itself asks


@dataclass(slots=True)
class TouchedRows:
    """Ids by table; whatever was changed and then erased is erased."""

    erased: Ids = field(default_factory=lambda: defaultdict(set))
    changed: Ids = field(default_factory=lambda: defaultdict(set))

    @property
    def emptied(self) -> Ids:
        """Changed rows that are still there."""
        found = {table: ids - self.erased.get(table, set()) for table, ids in self.changed.items()}
        return {table: ids for table, ids in found.items() if ids}

    def number_erased(self) -> int:
        return sum(len(ids) for ids in self.erased.values())

    def number_emptied(self) -> int:
        return sum(len(ids) for ids in self.emptied.values())

    def tables(self) -> list[str]:
        return sorted({*(name for name, ids in self.erased.items() if ids), *self.emptied})

    def lines(self) -> list[str]:
        """One line a row, in an order that does not depend on the run."""
        told = [(table, key, "erased") for table, ids in self.erased.items() for key in ids]
        told += [(table, key, "emptied") for table, ids in self.emptied.items() for key in ids]
        return ["|".join(line) for line in sorted(told)]


@contextmanager
def tracked(uow: UnitOfWork, held: HeldRows | None = None) -> Iterator[TouchedRows]:
    """Everything that the block erases or changes; it does not see what `held` spares."""
    touched, session = TouchedRows(), uow.session

    def note_objects(session: Session, *_more: object) -> None:
        _note_objects(touched, session)

    def note_statement(state: ORMExecuteState) -> None:
        is_own = state.is_column_load or state.is_relationship_load or OURS in session.info
        if not is_own:
            _note_statement(touched, state, held)

    session.flush()
    event.listen(session, "before_flush", note_objects)
    event.listen(session, "do_orm_execute", note_statement)
    session.info[ERASED] = touched.erased
    try:
        yield touched
        session.flush()
    finally:
        event.remove(session, "before_flush", note_objects)
        event.remove(session, "do_orm_execute", note_statement)
        del session.info[ERASED]


def _note_objects(touched: TouchedRows, session: Session) -> None:
    for one in session.deleted:
        _note(touched.erased, inspect(one).mapper, inspect(one).identity)
    for one in session.dirty:
        if session.is_modified(one):
            _note(touched.changed, inspect(one).mapper, inspect(one).identity)


def _note_statement(touched: TouchedRows, state: ORMExecuteState, held: HeldRows | None) -> None:
    is_change = state.is_update or state.is_delete
    if held and (state.is_select or is_change):
        state.statement = held.spare(state.statement)
    if is_change:
        _note_bulk(touched, state)


def _note_bulk(touched: TouchedRows, state: ORMExecuteState) -> None:
    mapper: Mapper[Any] | None = state.bind_mapper
    if mapper is None:
        return
    keys = [mapper.get_property_by_column(column).class_attribute for column in mapper.primary_key]
    hit = select(*keys).select_from(mapper.class_)
    condition = cast("Update | Delete", state.statement).whereclause
    hit = hit if condition is None else hit.where(condition)
    state.session.info[OURS] = True
    try:
        ids = state.session.execute(hit).all()
    finally:
        del state.session.info[OURS]
    into = touched.erased if state.is_delete else touched.changed
    for key in ids:
        _note(into, mapper, tuple(key))


def _note(into: Ids, mapper: Mapper[Any], identity: tuple[Any, ...] | None) -> None:
    if identity:
        name = cast("Table", mapper.local_table).name
        into[name].add("/".join(str(one) for one in identity))
