"""Personal data of assembly: who began a petition, who of the staff wrote what; none who came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.assembly.models import Assembly, AssemblyPetition, AssemblyStep
from obshto.modules.assembly.services.petition_queries import petitions_of
from obshto.modules.assembly.services.retention import forget_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Assemblies that the person wrote, petitions begun, steps that the person recorded."""
    written = select(Assembly).where(Assembly.entered_by_id == person_id)
    steps = select(AssemblyStep).where(AssemblyStep.by_id == person_id)
    return {
        "assemblies": [
            {"number": row.number, "reasons": row.reasons, "place": row.place}
            for row in uow.session.scalars(written)
        ],
        "petitions": [_petition(row) for row in uow.session.scalars(petitions_of(person_id))],
        "steps": [
            {"step": row.name, "on": row.happened_on.isoformat(), "words": row.words}
            for row in uow.session.scalars(steps)
        ],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Assemblies, petitions and their steps stay, nobody stands beside them."""
    forget_person(uow, person_id)


def _petition(row: AssemblyPetition) -> dict[str, Any]:
    names = ("number", "quarter", "questions", "reasons", "state")
    return {name: getattr(row, name) for name in names}
