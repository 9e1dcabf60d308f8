"""Personal data of results: who of the staff entered what. Nothing is known of voters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.results.models import (
    NightStep,
    ProtocolEntry,
    SectionProtocol,
    TurnoutReport,
)
from obshto.modules.results.services.retention import forget_entrant
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Protocols that the person read, turnout written down, steps."""
    read = select(SectionProtocol.number, ProtocolEntry.entered_at).join(
        SectionProtocol, SectionProtocol.id == ProtocolEntry.protocol_id
    )
    entries = uow.session.execute(read.where(ProtocolEntry.by_id == person_id)).all()
    turnout = select(TurnoutReport).where(TurnoutReport.by_id == person_id)
    steps = select(NightStep).where(NightStep.by_id == person_id)
    return {
        "protocols": [{"section": number, "at": at.isoformat()} for number, at in entries],
        "turnout": [
            {"hour": row.hour, "voted": row.voted, "at": row.at.isoformat()}
            for row in uow.session.scalars(turnout)
        ],
        "steps": [
            {"step": row.name, "on": row.happened_on.isoformat(), "name": row.by_name}
            for row in uow.session.scalars(steps)
        ],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The numbers stay, nobody stands beside them."""
    forget_entrant(uow, person_id)
