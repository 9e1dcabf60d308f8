"""Personal data of assembly: who of the staff wrote what. Of those who came nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.assembly.models import Assembly, AssemblyStep
from obshto.modules.assembly.services.retention import forget_staff
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Assemblies that the person wrote, steps that the person recorded."""
    written = select(Assembly).where(Assembly.entered_by_id == person_id)
    steps = select(AssemblyStep).where(AssemblyStep.by_id == person_id)
    return {
        "assemblies": [
            {"number": row.number, "reasons": row.reasons, "place": row.place}
            for row in uow.session.scalars(written)
        ],
        "steps": [
            {"step": row.name, "on": row.happened_on.isoformat(), "words": row.words}
            for row in uow.session.scalars(steps)
        ],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Assemblies and their steps stay, nobody stands beside them."""
    forget_staff(uow, person_id)
