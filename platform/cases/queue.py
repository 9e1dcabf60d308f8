"""Queue of a console: order of its rows, one act upon many of them, the one that comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select

from obshto.platform.cases.models import CaseRow
from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork

MOST = 200  # rows of one act, and those among which the next one is looked for
C = TypeVar("C", bound=CaseRow)
Order = Sequence[Any]


@dataclass(frozen=True, slots=True)
class BulkResult:
    """How many rows an act reached, and which stay as they were."""

    done: int
    refused: tuple[UUID, ...]


def sorted_by(rows: Select[C], word: str, orders: Mapping[str, Order]) -> Select[C]:
    """The rows in the order of that word; in their own where there is none."""
    return rows.order_by(None).order_by(*orders[word]) if word in orders else rows


def chosen_rows(values: Iterable[str]) -> list[tuple[UUID, int]]:
    """Ids and the versions that were seen, of boxes ticked: „id.version“; broken ones are left out.

    In the order of their ids, so that two acts upon the same rows wait for each other.
    """
    found: dict[UUID, int] = {}
    for value in values:
        written, _, version = value.partition(".")
        try:
            found[UUID(written)] = int(version)
        except ValueError:
            continue
    return sorted(found.items())[:MOST]


def act_on_each(
    uow: UnitOfWork, chosen: Iterable[tuple[UUID, int]], act: Callable[[UUID, int], None]
) -> BulkResult:
    """Act on each by itself: what refuses stays as it was, the others are done."""
    done, refused = 0, []
    for row_id, version in chosen:
        try:
            with uow.session.begin_nested():
                act(row_id, version)
            done += 1
        except DomainError:
            refused.append(row_id)
    return BulkResult(done, tuple(refused))


def next_in(uow: UnitOfWork, rows: Select[Any], model: type[CaseRow], row_id: UUID) -> UUID | None:
    """The row after that one; the first where it left the list; None where no other waits."""
    ids = list(uow.session.scalars(rows.with_only_columns(model.id).limit(MOST)))
    at = ids.index(row_id) + 1 if row_id in ids else 0
    return next((one for one in (*ids[at:], *ids[:at]) if one != row_id), None)
