"""What a municipality knows of its people: the roles they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select

from obshto.platform.db.session import shared_session
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people.failures import failures_of, forget_whose
from obshto.tenants.people.models import (
    Appointment,
    Colleague,
    Identity,
    Invitation,
    Person,
    WeeklyReader,
)
from obshto.tenants.people.national import identity_of

ERASED = ""


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """The roles the person holds here, invitations to them, what the state said, who tried."""
    held = select(Appointment).where(Appointment.person_id == person_id)
    rows = [
        {"role": row.role, "given_at": row.given_at.isoformat()}
        for row in uow.session.scalars(held)
    ]
    invited = [
        {"name": row.name, "email": row.email, "invited_at": row.invited_at.isoformat()}
        for row in uow.session.scalars(_invitations(person_id))
    ]
    known = identity_of(uow, person_id)
    said = {"number": known.number, "level": known.level} if known else {}
    shown = [{**said, "confirmed_at": known.confirmed_at.isoformat()}] if known else []
    tries = [
        {"at": row.at.isoformat(), "why": row.why} for row in failures_of(person_id, most=None)
    ]
    reader = uow.session.get(WeeklyReader, person_id)
    last = reader.written_for.isoformat() if reader and reader.written_for else None
    return {
        **{"roles": rows, "invitations": invited, "identity": shown, "failed_sign_ins": tries},
        "weekly_letter": [{"is_stopped": reader.is_stopped, "last": last}] if reader else [],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The person holds no role here any more; an invitation to their address is over, unnamed."""
    for row in uow.session.scalars(_invitations(person_id)):
        row.name = row.email = ERASED
        row.ended_at = row.ended_at or uow.now  # of those that wait no two have one address
    forget_whose(person_id)
    uow.session.execute(delete(Identity).where(Identity.person_id == person_id))
    uow.session.execute(delete(Colleague).where(Colleague.person_id == person_id))
    uow.session.execute(delete(WeeklyReader).where(WeeklyReader.person_id == person_id))
    uow.session.execute(delete(Appointment).where(Appointment.person_id == person_id))


def _invitations(person_id: UUID) -> Select[Invitation]:
    with shared_session() as shared:
        email = shared.scalar(select(Person.email).where(Person.id == person_id))
    return select(Invitation).where(Invitation.email == (email.casefold() if email else None))
