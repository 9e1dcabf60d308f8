"""Entity: a row that a form writes once, by the id of its request, and changes by its version.

Use it for every row that a person sends. Do not use it where another key than the request's may be
taken, such as a name: who lost that race has to be told so, not given somebody else's row.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class VersionedRow(Protocol):
    """A row whose version rises with each change."""

    @property
    def version(self) -> Any: ...


Row = TypeVar("Row")


def of_request(uow: UnitOfWork, model: type[Row], request_id: UUID) -> Row | None:
    """Reads the row that this request wrote, if it did. One query."""
    wanted = select(model).where(model.request_id == request_id)  # type: ignore[attr-defined]
    return uow.session.scalar(wanted)


def create_once(uow: UnitOfWork, row: Row) -> Row:
    """Adds the row in a savepoint; answers the first one where its request wrote it already.

    Two clicks in one instant both come here: the second waits for the first to commit. What the
    caller does only once stands after `if create_once(uow, row) is not row: return …`.
    Raises IntegrityError where another rule of the table is broken.
    """
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:
        first = of_request(uow, type(row), row.request_id)  # type: ignore[attr-defined]
        if first is None:
            raise
        return first
    return row


def expect_version(
    row: VersionedRow, expected: int, refusal: type[DomainError], **told: Any
) -> None:
    """Compares the version that a form was drawn from with the row's; raises the refusal.

    The row must be locked, or be written with its version in the statement's condition.
    """
    if row.version != expected:
        raise refusal(**told)


def find(
    uow: UnitOfWork,
    among: Select[Row],
    row_id: UUID,
    missing: type[DomainError],
    *,
    to_change: bool = False,
) -> Row:
    """Reads one of these rows by its id; `to_change` locks it. One query. Raises `missing`."""
    model: type[Row] = among.column_descriptions[0]["entity"]
    wanted = among.where(model.id == row_id)  # type: ignore[attr-defined]  # each table has one
    found: Row | None = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise missing
    return found


def change_to(
    row: VersionedRow, words: DataclassInstance, expected: int, refusal: type[DomainError]
) -> bool:
    """Writes the fields of a dataclass into the row; False where it reads so: a form sent twice.

    Raises the refusal where it reads differently and is not as it was `expected`. The row must be
    locked.
    """
    said = {field.name: getattr(words, field.name) for field in fields(words)}
    if all(getattr(row, name) == value for name, value in said.items()):
        return False
    expect_version(row, expected, refusal)
    for name, value in said.items():
        setattr(row, name, value)
    return True
