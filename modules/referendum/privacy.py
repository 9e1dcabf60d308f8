"""Personal data of referenda: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.referendum.models import Member, Referendum
from obshto.modules.referendum.services.queries import committees_of
from obshto.modules.referendum.services.retention import forget_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The person's proposals and places in committees."""
    begun = uow.session.scalars(committees_of(person_id)).all()
    members = select(Member).where(Member.person_id == person_id)
    return {
        "proposals": [_proposal(row) for row in begun if row.person_id == person_id],
        "committees": [
            {
                "proposal": str(member.petition_id),
                "name": member.name,
                "egn": member.egn,
                "address": member.address,
                "is_chair": member.is_chair,
            }
            for member in uow.session.scalars(members)
        ],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The proposal stays in the register, nobody stands beside it."""
    forget_person(uow, person_id)


def _proposal(row: Referendum) -> dict[str, Any]:
    return {
        "number": row.number,
        "question": row.question,
        "yes_means": row.yes_means,
        "no_means": row.no_means,
        "reasons": row.reasons,
        "state": row.state,
        "changed_at": row.changed_at.isoformat(),
    }
