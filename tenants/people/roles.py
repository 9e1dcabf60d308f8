"""Who may do what here: roles that are rows, words that the roles carry."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.clock import now
from obshto.platform.db.session import shared_session
from obshto.platform.notify.address import Address
from obshto.platform.permissions import Permission, Role
from obshto.platform.work import Work
from obshto.tenants.people.models import Appointment, Person, RegionalAppointment

ROLES: dict[str, Role] = {role.value: role for role in Role}
# The region's own roles are held on the operations host alone, never in a municipality.
REGIONAL_ROLES = frozenset({Role.OPERATOR})
STAFF_ROLES = frozenset(Role) - REGIONAL_ROLES


def roles_of(work: Work, person_id: UUID) -> frozenset[Role]:
    """The roles a person holds in the municipality of this work."""
    held = select(Appointment.role).where(Appointment.person_id == person_id)
    return frozenset(ROLES[role] for role in work.session.scalars(held))


def regional_roles_of(person_id: UUID) -> frozenset[Role]:
    """The roles a person holds for the region."""
    held = select(RegionalAppointment.role).where(RegionalAppointment.person_id == person_id)
    with shared_session() as shared:
        return frozenset(ROLES[role] for role in shared.scalars(held))


def appoint_in_region(person_id: UUID, role: Role) -> None:
    """Give a role of the region; giving it twice changes nothing."""
    assert role in REGIONAL_ROLES
    row = {"person_id": person_id, "role": role.value, "given_at": now()}
    with shared_session() as shared:
        shared.execute(insert(RegionalAppointment).values(row).on_conflict_do_nothing())
        shared.commit()


def dismiss(work: Work, person_id: UUID, role: Role) -> None:
    """Take a role; taking one that is not held changes nothing."""
    held = Appointment.person_id == person_id, Appointment.role == role.value
    work.session.execute(delete(Appointment).where(*held))


def appoint(work: Work, person_id: UUID, role: Role) -> None:
    """Give a role; giving it twice changes nothing."""
    assert role in STAFF_ROLES
    row = {"person_id": person_id, "role": role.value, "given_at": work.now}
    work.session.execute(insert(Appointment).values(row).on_conflict_do_nothing())


def holders_of_roles(work: Work) -> dict[UUID, list[Role]]:
    """Everybody who holds a role in this municipality, with the roles in their own order."""
    rows = work.session.execute(select(Appointment.person_id, Appointment.role))
    held: dict[UUID, list[Role]] = {}
    for person_id, role in rows:
        held.setdefault(person_id, []).append(ROLES[role])
    order = list(Role)
    return {person: sorted(roles, key=order.index) for person, roles in held.items()}


class StaffAddresses:
    """Supplies `AddressBook`: who holds a permission here, who works here, people by ids."""

    def holders(self, work: Work, permission: Permission) -> Collection[Address]:
        roles = [role.value for role in permission.roles]
        held = select(Appointment.person_id).where(Appointment.role.in_(roles)).distinct()
        return self.people(list(work.session.scalars(held)))

    def staff(self, work: Work) -> Collection[Address]:
        return self.people(list(work.session.scalars(select(Appointment.person_id).distinct())))

    def people(self, ids: Collection[UUID]) -> Collection[Address]:
        with shared_session() as shared:
            people = shared.scalars(
                select(Person).where(Person.id.in_(ids), Person.email.is_not(None))
            )
            return [Address(p.id, p.name, p.email or "", p.language) for p in people]


def people_who_may(work: Work, permission: Permission) -> dict[UUID, str]:
    """The names of those who hold the permission in this municipality, by id. Two queries."""
    roles = [role.value for role in permission.roles]
    held = select(Appointment.person_id).where(Appointment.role.in_(roles)).distinct()
    ids = list(work.session.scalars(held))
    with shared_session() as shared:
        people = select(Person.id, Person.name).where(Person.id.in_(ids)).order_by(Person.name)
        return {row.id: row.name for row in shared.execute(people)}
