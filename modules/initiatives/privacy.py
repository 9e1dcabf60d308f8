"""Personal data of initiatives: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.initiatives.models import Initiative, InitiativeMember
from obshto.modules.initiatives.services.queries import PART, committees_of
from obshto.modules.initiatives.services.retention import forget_person
from obshto.platform.moderation.privacy import export_decisions
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The person's initiatives and places in committees."""
    begun = uow.session.scalars(committees_of(person_id)).all()
    members = select(InitiativeMember).where(InitiativeMember.person_id == person_id)
    return {
        "initiatives": [_initiative(row) for row in begun if row.person_id == person_id],
        "committees": [
            {
                "initiative": str(member.petition_id),
                "name": member.name,
                "egn": member.egn,
                "address": member.address,
                "is_chair": member.is_chair,
            }
            for member in uow.session.scalars(members)
        ],
        "decisions": export_decisions(uow, PART, [row.id for row in begun]),
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The initiative stays in the list, nobody stands beside it."""
    forget_person(uow, person_id)


def _initiative(row: Initiative) -> dict[str, Any]:
    told = ("number", "addressee", "question", "reasons", "state", "meeting_place")
    return {**{name: getattr(row, name) for name in told}, "changed_at": row.changed_at.isoformat()}
