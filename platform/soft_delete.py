"""Rows that show from a moment on, are taken away with a mark, and come back for thirty days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, func, inspect, select
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.version import Versioned
from obshto.platform.entity import find
from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork

RESTORABLE_FOR = timedelta(days=30)


class SoftDeleted(Versioned):
    """A model whose rows are published and deleted by a mark: the moment of it, empty else.

    A job of the model's module erases what was deleted longer than `RETURNABLE` ago.
    """

    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None] = mapped_column(index=True)


Row = TypeVar("Row", bound=SoftDeleted)


def turn(
    uow: UnitOfWork,
    row: SoftDeleted,
    mark: str,
    to: datetime | None,
    *,
    expected_version: int,
    refusal: DomainError,
) -> bool:
    """Set `mark` („published_at“, „deleted_at“) or take it away; the row must be locked.

    False where it is so already: the same form came twice. Raises `refusal` where the row is not
    as it was `expected_version`.
    """
    if (getattr(row, mark) is None) == (to is None):
        return False
    if row.version != expected_version:
        raise refusal
    setattr(row, mark, to)
    row.changed_at = uow.now
    return True


def row_of(
    uow: UnitOfWork,
    rows: Select[Row],
    row_id: UUID,
    *,
    missing: type[DomainError],
    to_change: bool = False,
    or_deleted: bool = False,
) -> Row:
    """One of these rows, for staff; `to_change` makes others wait. Raises `missing`."""
    model: type[Row] = rows.column_descriptions[0]["entity"]
    among = rows if or_deleted else rows.where(model.deleted_at.is_(None))
    return find(uow, among, row_id, missing, to_change=to_change)


def count(uow: UnitOfWork, rows: Select[Any]) -> int:
    """How many there are. One query."""
    return uow.session.scalar(number_of(rows)) or 0


def counts(uow: UnitOfWork, lists: Mapping[str, Select[Any]]) -> dict[str, int]:
    """How many are in each list of a console, by its word. One query."""
    named = [number_of(rows).scalar_subquery().label(word) for word, rows in lists.items()]
    return dict(uow.session.execute(select(*named)).one()._mapping)


def number_of(rows: Select[Any]) -> Select[Any]:
    """The statement that asks how many there are."""
    return select(func.count()).select_from(ids_of(rows).subquery())


def ids_of(rows: Select[Any]) -> Select[Any]:
    """The same rows, in no order, to be counted: of a whole entity its key alone.

    A subquery of forty columns takes a millisecond of Python to put together. The key is one of
    them, so that neither DISTINCT nor GROUP BY counts otherwise.
    """
    rows = rows.order_by(None)
    described = rows.column_descriptions if isinstance(rows, Select) else []
    if len(described) != 1 or described[0].get("aliased"):
        return rows
    entity = described[0].get("entity")
    if entity is None or described[0]["expr"] is not entity:
        return rows
    mapper = inspect(entity)
    keys = [mapper.get_property_by_column(column).class_attribute for column in mapper.primary_key]
    return rows.with_only_columns(*keys, maintain_column_froms=True)
