"""Take a person's data out of every part, or erase it there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from typing import Any
from uuid import UUID

from flask_babel import LazyString
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.modularity.manifest import PersonalData
from obshto.platform.modularity.registry import current_registry
from obshto.platform.privacy.events import CopyTaken as CopyTaken
from obshto.platform.privacy.events import PersonErased as PersonErased
from obshto.platform.privacy.legal_holds import HeldRows, Reach, case_model, holds_in_force
from obshto.platform.privacy.models import LegalHold, PendingErasure
from obshto.platform.privacy.row_tracker import tracked
from obshto.platform.unit_of_work import UnitOfWork

Rows = list[dict[str, Any]]


def export_person(uow: UnitOfWork, person_id: UUID) -> dict[str, Rows]:
    """Rows of plain values under a heading for each part, whether it is switched on or not.

    Regulation (EU) 2016/679, articles 15 and 20.
    """
    found: dict[str, Rows] = {}
    for _slug, told in export_by_part(uow, person_id):
        found.update(told)
    return found


def export_by_part(uow: UnitOfWork, person_id: UUID) -> Iterator[tuple[str, Mapping[str, Rows]]]:
    """The same, part by part, by its slug."""
    for slug, data in _holders():
        yield slug, data.export(uow, person_id)


def kept_after_erasure(uow: UnitOfWork, person_id: UUID) -> list[LazyString]:
    """How long what an erasure leaves is kept, of each part that knows something of the person."""
    return [
        data.retention
        for _slug, data in _holders()
        if data.outlives_erasure and any(data.export(uow, person_id).values())
    ]


def holds_on(uow: UnitOfWork, person_id: UUID) -> list[LegalHold]:
    """Holds that spare something an erasure of the person would take: they are told before."""
    return [hold for hold in holds_in_force(uow) if _concerns(uow, hold, person_id)]


def erase_person(uow: UnitOfWork, person_id: UUID) -> None:
    """Every part forgets the person, as far as the law lets it (article 17).

    What a legal hold spares stays (article 17(3)(e)); the erasure is done again when holds end.
    """
    holds = holds_in_force(uow)
    held = HeldRows.of(holds, current_registry().parts)
    with tracked(uow, held) if holds else nullcontext():
        for slug, data in _holders():
            if not held.holds_part(slug):
                data.erase(uow, person_id)
    if holds:
        waits = insert(PendingErasure).values(person_id=person_id, asked_at=uow.now)
        uow.session.execute(waits.on_conflict_do_nothing())
    uow.emit(PersonErased(subject_id=person_id))


def _concerns(uow: UnitOfWork, hold: LegalHold, person_id: UUID) -> bool:
    if hold.reach == Reach.PERSON:
        return hold.person_id == person_id
    part = current_registry().parts.get(hold.part)
    if part is None or not isinstance(part.privacy, PersonalData):
        return False
    if hold.reach == Reach.KIND:
        return any(part.privacy.export(uow, person_id).values())
    model = case_model(part)
    case = uow.session.get(model, hold.object_id) if model and hold.object_id else None
    return case is not None and case.person_id == person_id


def _holders() -> Iterator[tuple[str, PersonalData]]:
    for slug, part in current_registry().parts.items():
        if isinstance(part.privacy, PersonalData):
            yield slug, part.privacy
