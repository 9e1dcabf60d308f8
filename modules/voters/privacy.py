"""Personal data of voters: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.voters.models import FrozenVoterRoll, VoterRegistration, VoterRollEntry
from obshto.modules.voters.services.retention import forget_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The person's registrations and the rolls they stand in. Two queries."""
    own = select(VoterRegistration).where(VoterRegistration.person_id == person_id)
    rows = uow.session.scalars(own.order_by(VoterRegistration.number)).all()
    rolls = select(FrozenVoterRoll, VoterRollEntry).join(VoterRollEntry)
    mine = VoterRollEntry.registration_id.in_([row.id for row in rows])
    return {
        "registrations": [_registration(row) for row in rows],
        "rolls": [
            {
                "vote": roll.title,
                "frozen_at": roll.frozen_at.isoformat(),
                "paper_at": entry.paper_at.isoformat() if entry.paper_at else None,
            }
            for roll, entry in uow.session.execute(rolls.where(mine))
        ],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """A roll that is in use keeps its people; nothing leads from it to the account."""
    forget_person(uow, person_id)


def _registration(row: VoterRegistration) -> dict[str, Any]:
    told = ("number", "name", "address", "phone", "settlement", "delivery", "language")
    return {
        **{name: getattr(row, name) for name in (*told, "channel", "proof", "state", "reason")},
        "asked_at": row.asked_at.isoformat(),
        "decided_at": row.decided_at.isoformat() if row.decided_at else None,
    }
