"""Who holds a role of the region: given and taken in the region's own log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people.events import RegionalRoleGiven, RegionalRoleTaken
from obshto.tenants.people.models import Person, RegionalAppointment
from obshto.tenants.people.roles import REGIONAL_ROLES


@dataclass(frozen=True, slots=True)
class TeamColleague:
    """Somebody of the region's team."""

    person_id: UUID
    subject: str
    name: str
    email: str
    given_at: datetime


def team(region: UnitOfWork, role: Role = Role.OPERATOR) -> list[TeamColleague]:
    """Those who hold the role, by name. One query."""
    asked = (
        select(
            Person.id,
            Person.subject,
            Person.name,
            func.coalesce(Person.email, ""),
            RegionalAppointment.given_at,
        )
        .join(RegionalAppointment, RegionalAppointment.person_id == Person.id)
        .where(RegionalAppointment.role == role.value)
        .order_by(Person.name)
    )
    rows = region.session.execute(asked)
    return [
        TeamColleague(who, subject, name, email or "", at) for who, subject, name, email, at in rows
    ]


def give_regional_role(region: UnitOfWork, person_id: UUID, role: Role = Role.OPERATOR) -> None:
    """They may act for the region from now on; giving it twice changes nothing."""
    assert role in REGIONAL_ROLES
    row = {"person_id": person_id, "role": role.value, "given_at": region.now}
    given = insert(RegionalAppointment).values(row).on_conflict_do_nothing()
    if region.session.scalar(given.returning(RegionalAppointment.person_id)):
        title = region.session.get_one(Person, person_id).name
        region.emit(RegionalRoleGiven(subject_id=person_id, role=role.value, title=title))


def take_regional_role(region: UnitOfWork, person_id: UUID, role: Role = Role.OPERATOR) -> None:
    """They may not any more; taking it twice changes nothing."""
    held = RegionalAppointment.person_id == person_id, RegionalAppointment.role == role.value
    taken = delete(RegionalAppointment).where(*held).returning(RegionalAppointment.person_id)
    if region.session.scalar(taken):
        title = region.session.get_one(Person, person_id).name
        region.emit(RegionalRoleTaken(subject_id=person_id, role=role.value, title=title))
