"""Entity: a row that a form writes once, by the id of its request, and changes by its version.

Use it for every row that a person sends. Do not use it where another key than the request's may be
taken, such as a name: who lost that race has to be told so, not given somebody else's row.
"""

from __future__ import annotations

from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork


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
