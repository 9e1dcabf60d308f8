"""Acquaintances: an official and a person who know each other, marked by who judges a finding.

Kept is the official's id and the keyed index of the person's look, nothing that can be read back.
From then on each look of that official at that person raises a finding.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.dataprotection.events import AcquaintanceMarked, AcquaintanceUnmarked
from obshto.modules.dataprotection.models import Acquaintance, LookFinding
from obshto.modules.dataprotection.services.findings import look_behind
from obshto.platform.unit_of_work import UnitOfWork


def acquaintances_of(uow: UnitOfWork, people: Collection[UUID]) -> Mapping[UUID, set[bytes]]:
    """Keyed indexes of whom each of these officials knows. One query."""
    found: dict[UUID, set[bytes]] = {}
    rows = select(Acquaintance).where(Acquaintance.by_id.in_(people))
    for row in uow.session.scalars(rows) if people else ():
        found.setdefault(row.by_id, set()).add(bytes(row.subject_index))
    return found


def are_acquainted(uow: UnitOfWork, row: LookFinding) -> bool:
    """Whether the official of a finding and the person behind it are marked."""
    if row.by_id is None:
        return False
    known = acquaintances_of(uow, (row.by_id,)).get(row.by_id, set())
    return not known.isdisjoint(_indexes(uow, row))


def mark_acquainted(uow: UnitOfWork, row: LookFinding) -> None:
    """They know each other; marked twice is once. Nothing where the look points at nobody."""
    indexes = _indexes(uow, row)
    if not indexes or row.by_id is None or are_acquainted(uow, row):
        return
    values = [
        {"by_id": row.by_id, "subject_index": index, "marked_at": uow.now} for index in indexes
    ]
    uow.session.execute(insert(Acquaintance).values(values).on_conflict_do_nothing())
    uow.emit(AcquaintanceMarked(subject_id=row.id))


def unmark_acquainted(uow: UnitOfWork, row: LookFinding) -> None:
    """The mark was a mistake, or is not true any more."""
    gone = delete(Acquaintance).where(
        Acquaintance.by_id == row.by_id, Acquaintance.subject_index.in_(_indexes(uow, row))
    )
    if are_acquainted(uow, row):
        uow.session.execute(gone)
        uow.emit(AcquaintanceUnmarked(subject_id=row.id))


def _indexes(uow: UnitOfWork, row: LookFinding) -> list[bytes]:
    look = look_behind(uow, row)
    return [bytes(index) for index in look.subject_index] if look else []
