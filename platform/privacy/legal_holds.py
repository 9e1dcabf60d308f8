"""Legal hold: rows that retention and erasure leave alone while a hold is in force.

A hold is obeyed below the services: every statement of a retention job or an erasure passes
`HeldRows.spare`, which adds a condition for the tables it reads, changes or deletes. So no part has
to know of holds. A held row is spared with what hangs on it by a foreign key.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Table, or_, select
from sqlalchemy.sql.dml import Delete, Update
from sqlalchemy.sql.util import find_tables

from obshto.platform.cases.models import CaseRow
from obshto.platform.clock import day_of
from obshto.platform.modularity.manifest import Component
from obshto.platform.privacy.models import LegalHold
from obshto.platform.unit_of_work import UnitOfWork


class Reach(StrEnum):
    """How much a hold spares."""

    KIND = "kind"
    CASE = "case"
    PERSON = "person"


def holds_in_force(uow: UnitOfWork) -> Sequence[LegalHold]:
    """Those that bind today."""
    today = day_of(uow.now)
    rows = select(LegalHold).where(LegalHold.ended_at.is_(None), LegalHold.until >= today)
    return uow.session.scalars(rows.order_by(LegalHold.until, LegalHold.id)).all()


def case_model(part: Component) -> type[CaseRow] | None:
    """The table of cases that a part has; None where nothing carries an entry number."""
    found = (one for one in part.models if issubclass(one, CaseRow))
    return next(found, None)


@dataclass(slots=True)
class HeldRows:
    """Conditions of the holds in force, by table."""

    kinds: set[tuple[str, str]] = field(default_factory=set)
    rows: dict[Table, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    people: set[UUID] = field(default_factory=set)
    number: int = 0

    @classmethod
    def of(cls, holds: Sequence[LegalHold], parts: dict[str, Component]) -> HeldRows:
        found = cls(number=len(holds))
        for hold in holds:
            if hold.reach == Reach.KIND:
                found.kinds.add((hold.part, hold.word))
            elif hold.person_id:
                found.people.add(hold.person_id)
            if hold.object_id and hold.part in parts and (model := case_model(parts[hold.part])):
                found.rows[model.__table__].add(hold.object_id)  # type: ignore[attr-defined]
        return found

    def holds_part(self, slug: str) -> bool:
        """Whether any kind of a part's data is held as a whole."""
        return any(part == slug for part, _word in self.kinds)

    def spare(self, statement: Any) -> Any:
        """The same statement without the held rows."""
        for table in _tables_of(statement):
            for condition in self._conditions(table):
                statement = statement.where(condition)
        return statement

    def _conditions(self, table: Table) -> Iterator[ColumnElement[bool]]:
        if table in self.rows:
            yield table.c.id.not_in(self.rows[table])
        if self.people and "person_id" in table.c:
            owner = table.c.person_id
            yield or_(owner.is_(None), owner.not_in(self.people))
        for key in table.foreign_keys:
            parent = key.column.table
            if parent is table or len(parent.primary_key) != 1:
                continue
            if parent in self.rows:
                yield or_(key.parent.is_(None), key.parent.not_in(self.rows[parent]))
            if self.people and "person_id" in parent.c:
                theirs = select(key.column).where(parent.c.person_id.in_(self.people))
                yield or_(key.parent.is_(None), key.parent.not_in(theirs))


def _tables_of(statement: Any) -> list[Table]:
    if isinstance(statement, Update | Delete):
        return [statement.table] if isinstance(statement.table, Table) else []
    if not isinstance(statement, Select):
        return []
    found: dict[Table, None] = {}
    for source in statement.get_final_froms():
        for table in find_tables(source, include_joins=False):
            if isinstance(table, Table):
                found[table] = None
    return list(found)
