"""Who may do what here: roles that are rows, words that the roles carry."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import g
from sqlalchemy import Select, Text, any_, cast, delete, literal, or_, select
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.clock import now
from obshto.platform.db.session import shared_session
from obshto.platform.notify.address import Address
from obshto.platform.permissions import Permission, Role
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.municipalities.lookup import read_shared_rows
from obshto.tenants.people.models import Appointment, OwnRole, Person, RegionalAppointment

ROLES: dict[str, Role] = {role.value: role for role in Role}
# The region's own roles are held on the operations host alone, never in a municipality.
REGIONAL_ROLES = frozenset({Role.OPERATOR})
STAFF_ROLES = frozenset(Role) - REGIONAL_ROLES
OFFICE_AT_THE_DOOR = "office_at_the_door"  # in `g`: who asks, and what they hold here
NAMES = "SELECT id, name FROM shared.person WHERE id = ANY(%(ids)s) ORDER BY name"
Held = Role | OwnRole  # each has a `value`, as an appointment names it, and a `label`


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody holds: roles (ready-made ones, ids of the municipality's own), the words that
    the own ones carry, all of them as they are kept beside a look."""

    roles: frozenset[str]
    words: frozenset[str]
    office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHolding:
    """A role that somebody holds in this municipality, since when."""

    person_id: UUID
    role: Held
    given_at: datetime


def rights_of(uow: UnitOfWork, person_id: UUID) -> Rights:
    """What a person holds in the municipality of this work. One query."""
    held = (
        select(Appointment.role, OwnRole.words, OwnRole.name)
        .outerjoin(OwnRole, cast(OwnRole.id, Text) == Appointment.role)
        .where(Appointment.person_id == person_id)
    )
    rows = uow.session.execute(held).all()
    return Rights(
        roles=frozenset(ROLES.get(role, role) for role, *_ in rows),
        words=frozenset(word for _, words, _ in rows for word in words or ()),
        office=_named({own or role for role, _, own in rows}),
    )


def roles_of(uow: UnitOfWork, person_id: UUID) -> frozenset[str]:
    """The roles a person holds in the municipality of this work."""
    return rights_of(uow, person_id).roles


def roles_held(person_id: UUID | None) -> Select[str]:
    """The keys of the roles that somebody holds here, for a query of more."""
    return select(Appointment.role).where(Appointment.person_id == person_id)


def regional_roles_of(person_id: UUID) -> frozenset[Role]:
    """The roles a person holds for the region."""
    held = select(RegionalAppointment.role).where(RegionalAppointment.person_id == person_id)
    with shared_session() as shared:
        return frozenset(ROLES[role] for role in shared.scalars(held))


def people_of_region(role: Role) -> dict[UUID, str]:
    """The names of those who hold a role for the region, by id. One query."""
    people = (
        select(Person.id, Person.name)
        .join(RegionalAppointment, RegionalAppointment.person_id == Person.id)
        .where(RegionalAppointment.role == role.value)
        .order_by(Person.name)
    )
    with shared_session() as shared:
        return {row.id: row.name for row in shared.execute(people)}


def appoint_in_region(person_id: UUID, role: Role) -> None:
    """Give a role of the region; giving it twice changes nothing."""
    assert role in REGIONAL_ROLES
    row = {"person_id": person_id, "role": role.value, "given_at": now()}
    with shared_session() as shared:
        shared.execute(insert(RegionalAppointment).values(row).on_conflict_do_nothing())
        shared.commit()


def dismiss(uow: UnitOfWork, person_id: UUID, role: str) -> None:
    """Take a role; taking one that is not held changes nothing."""
    held = Appointment.person_id == person_id, Appointment.role == str(role)
    uow.session.execute(delete(Appointment).where(*held))


def appoint(uow: UnitOfWork, person_id: UUID, role: str) -> None:
    """Give a role, ready-made or the id of an own one; giving it twice changes nothing."""
    assert role not in REGIONAL_ROLES
    row = {"person_id": person_id, "role": str(role), "given_at": uow.now}
    uow.session.execute(insert(Appointment).values(row).on_conflict_do_nothing())


def role_holdings(uow: UnitOfWork) -> list[RoleHolding]:
    """Roles held here, each with its holder, the ready-made roles first. Two queries."""
    known: dict[str, Held] = {role.value: role for role in given_here(uow)}
    order = list(known)
    rows = uow.session.execute(
        select(Appointment.person_id, Appointment.role, Appointment.given_at)
    ).all()
    held = [
        RoleHolding(person_id=person_id, role=known[role], given_at=given_at)
        for person_id, role, given_at in rows
        if role in known
    ]
    return sorted(held, key=lambda one: order.index(one.role.value))


def holders_of_roles(uow: UnitOfWork) -> dict[UUID, list[Held]]:
    """Everybody who holds a role in this municipality, the ready-made roles first. Two queries."""
    held: dict[UUID, list[Held]] = {}
    for one in role_holdings(uow):
        held.setdefault(one.person_id, []).append(one.role)
    return held


def own_roles(uow: UnitOfWork) -> list[OwnRole]:
    """Those that the municipality made, by name. One query."""
    return list(uow.session.scalars(select(OwnRole).order_by(OwnRole.name)))


def given_here(uow: UnitOfWork) -> list[Held]:
    """All that can be given here: the ready-made in their own order, then the municipality's."""
    return [*(role for role in Role if role in STAFF_ROLES), *own_roles(uow)]


def holders_of_permission(*permissions: Permission) -> Select[UUID]:
    """The ids of those who hold one of the permissions, by a ready-made role or by an own one."""
    named = or_(*(literal(one.value) == any_(OwnRole.words) for one in permissions))
    own = select(cast(OwnRole.id, Text)).where(named)
    ready = sorted({role.value for one in permissions for role in one.roles})
    carries = or_(Appointment.role.in_(ready), Appointment.role.in_(own))
    return select(Appointment.person_id).where(carries).distinct()


class StaffAddresses:
    """Supplies `AddressBook`: who holds a permission here, who works here, people by ids."""

    def holders(self, uow: UnitOfWork, permission: Permission) -> Collection[Address]:
        return self.people(list(uow.session.scalars(holders_of_permission(permission))))

    def staff(self, uow: UnitOfWork) -> Collection[Address]:
        here = set(uow.session.scalars(select(Appointment.person_id)))
        return self.people([*(here | set(people_of_region(Role.OPERATOR)))])

    def people(self, ids: Collection[UUID]) -> Collection[Address]:
        with shared_session() as shared:
            people = shared.scalars(
                select(Person).where(Person.id.in_(ids), Person.email.is_not(None))
            )
            return [Address(p.id, p.name, p.email or "", p.language) for p in people]


class StaffOffices:
    """Supplies `Offices`: the roles held here; of who holds none, the region's specialist."""

    def office_of(self, uow: UnitOfWork, person_id: UUID) -> str:
        """Words of ready-made roles, names of own ones, with commas between. One query at most: the
        door of the request has read those of who asks."""
        known: tuple[UUID, str] | None = g.get(OFFICE_AT_THE_DOOR)
        if known and known[0] == person_id:
            return known[1] or Role.OPERATOR.value
        held = (
            select(Appointment.role, OwnRole.name)
            .outerjoin(OwnRole, cast(OwnRole.id, Text) == Appointment.role)
            .where(Appointment.person_id == person_id)
        )
        found = {own or role for role, own in uow.session.execute(held)}
        return _named(found) or Role.OPERATOR.value


def _named(found: Collection[str]) -> str:
    order = list(ROLES)
    return ", ".join(
        sorted(found, key=lambda role: order.index(role) if role in order else len(order))
    )


def people_who_may(uow: UnitOfWork, *permissions: Permission) -> dict[UUID, str]:
    """The names of those who hold one of the permissions here, by id. Two queries."""
    return names_of_people(uow.session.scalars(holders_of_permission(*permissions)))


def names_of_people(ids: Iterable[UUID]) -> dict[UUID, str]:
    """By id, in the order of the names; who has left is missing. One prepared read, or none."""
    wanted = list(ids)
    rows = read_shared_rows(NAMES, ids=wanted) if wanted else ()
    return {row["id"]: row["name"] for row in rows}
