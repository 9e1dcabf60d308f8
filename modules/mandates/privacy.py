"""Personal data of mandates: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from obshto.modules.mandates.models import Mandate, MandateAct
from obshto.modules.mandates.services.retention import forget_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """Mandates that the person gave, with the journal; those under which they act for others."""
    given = uow.session.scalars(select(Mandate).where(Mandate.person_id == person_id)).all()
    numbers = {row.id: row.number for row in given}
    lines = select(MandateAct).where(MandateAct.mandate_id.in_(list(numbers)))
    held = uow.session.scalars(select(Mandate).where(Mandate.assistant_id == person_id))
    return {
        "mandates": [_mandate(row) for row in given],
        "journal": [
            {
                "number": numbers[line.mandate_id],
                "at": line.at.isoformat(),
                "act": line.act,
                "is_write": line.is_write,
                "events": line.events,
                "numbers": line.numbers,
            }
            for line in uow.session.scalars(lines.order_by(MandateAct.at))
        ],
        "assistant": [
            {"number": row.number, "name": row.assistant, "acts": row.acts} for row in held
        ],
    }


def _mandate(row: Mandate) -> dict[str, Any]:
    return {
        "number": row.number,
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "language": row.language,
        "relative": row.relative,
        "assistant": row.assistant,
        "acts": row.acts,
        "state": row.state,
        "signed_on": row.signed_on.isoformat() if row.signed_on else None,
        "sheet": row.sheet,
        "witnesses": row.witnesses,
        "strokes": row.strokes,
        "ends_on": row.ends_on.isoformat(),
        "ended_how": row.ended_how,
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """Mandates end at once; their number, acts and days stay, nobody beside them."""
    forget_person(uow, person_id)
