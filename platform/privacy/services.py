"""Take a person's data out of every part, or erase it there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent
from obshto.platform.modularity.manifest import PersonalData
from obshto.platform.modularity.registry import current_registry
from obshto.platform.unit_of_work import UnitOfWork

Rows = list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class PersonErased(DomainEvent):
    """Somebody's data were erased; after a restore this list is worked through again."""

    name: ClassVar[str] = "privacy:person.erased"
    label: ClassVar[LazyString] = lazy_gettext("изтри лични данни")


@dataclass(frozen=True, kw_only=True)
class CopyTaken(DomainEvent):
    """Somebody has all that is known of them in a file; the subject is the person."""

    name: ClassVar[str] = "privacy:copy.taken"
    label: ClassVar[LazyString] = lazy_gettext("изтегли копие на личните си данни")


def export_person(uow: UnitOfWork, person_id: UUID) -> dict[str, Rows]:
    """Rows of plain values under a heading for each part, whether it is switched on or not.

    Regulation (EU) 2016/679, articles 15 and 20.
    """
    found: dict[str, Rows] = {}
    for data in _holders():
        found.update(data.export(uow, person_id))
    return found


def kept_after_erasure(uow: UnitOfWork, person_id: UUID) -> list[LazyString]:
    """How long what an erasure leaves is kept, of each part that knows something of the person."""
    return [
        data.retention
        for data in _holders()
        if data.outlives_erasure and any(data.export(uow, person_id).values())
    ]


def erase_person(uow: UnitOfWork, person_id: UUID) -> None:
    """Every part forgets the person, as far as the law lets it (article 17)."""
    for data in _holders():
        data.erase(uow, person_id)
    uow.emit(PersonErased(subject_id=person_id))


def _holders() -> Iterator[PersonalData]:
    for part in current_registry().parts.values():
        if isinstance(part.privacy, PersonalData):
            yield part.privacy
