"""What a municipality knows of its people: the roles they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from obshto.platform.work import Work
from obshto.tenants.people.models import Appointment


def export(work: Work, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The roles the person holds here."""
    held = select(Appointment).where(Appointment.person_id == person_id)
    rows = [
        {"role": row.role, "given_at": row.given_at.isoformat()}
        for row in work.session.scalars(held)
    ]
    return {"roles": rows}


def erase(work: Work, person_id: UUID) -> None:
    """The person holds no role here any more."""
    work.session.execute(delete(Appointment).where(Appointment.person_id == person_id))
