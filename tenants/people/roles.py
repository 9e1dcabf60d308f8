"""Who may do what here: roles that are rows, words that the roles carry."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.db.session import shared_session
from obshto.platform.notify.address import Address
from obshto.platform.permissions import Permission, Role
from obshto.platform.work import Work
from obshto.tenants.people.models import Appointment, Person

_ROLES = {role.value: role for role in Role}


def roles_of(work: Work, person_id: UUID) -> frozenset[Role]:
    """The roles a person holds in the municipality of this work."""
    held = select(Appointment.role).where(Appointment.person_id == person_id)
    return frozenset(_ROLES[role] for role in work.session.scalars(held))


def appoint(work: Work, person_id: UUID, role: Role) -> None:
    """Give a role; giving it twice changes nothing."""
    row = {"person_id": person_id, "role": role.value, "given_at": work.now}
    work.session.execute(insert(Appointment).values(row).on_conflict_do_nothing())


def holders_of_roles(work: Work) -> dict[UUID, list[Role]]:
    """Everybody who holds a role in this municipality, with the roles in their own order."""
    rows = work.session.execute(select(Appointment.person_id, Appointment.role))
    held: dict[UUID, list[Role]] = {}
    for person_id, role in rows:
        held.setdefault(person_id, []).append(_ROLES[role])
    order = list(Role)
    return {person: sorted(roles, key=order.index) for person, roles in held.items()}


class StaffAddresses:
    """Supplies `AddressBook`: the people of this municipality who hold a permission."""

    def holders(self, work: Work, permission: Permission) -> Collection[Address]:
        roles = [role.value for role in permission.roles]
        held = select(Appointment.person_id).where(Appointment.role.in_(roles)).distinct()
        ids = list(work.session.scalars(held))
        with shared_session() as shared:
            people = shared.scalars(
                select(Person).where(Person.id.in_(ids), Person.email.is_not(None))
            )
            return [Address(p.id, p.name, p.email or "", p.language) for p in people]
