"""Departments: who is in one works on its services alone.

Who is in none works on all; so does who oversees the work. A case that was sent there is theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from obshto.modules.eservices.errors import (
    DepartmentNameTaken,
    NoSuchDepartment,
    NotTheirService,
    StaleDepartment,
)
from obshto.modules.eservices.events import DepartmentChanged, DepartmentMade, DepartmentRemoved
from obshto.modules.eservices.models import Case, Department, DepartmentMember
from obshto.modules.eservices.models.case import OFFICE, ROLE
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services.catalogue import Service
from obshto.platform.cases.staff_groups import StaffGroups
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import holders_of_roles, people_who_may, roles_held

DEPARTMENTS = StaffGroups(Department, DepartmentMember, DepartmentMember.department_id)
HANDLE, OVERSEE = ServicesPermission.HANDLE, ServicesPermission.OVERSEE


class DepartmentDesk:
    """Offers `Departments`."""

    def people(self, uow: UnitOfWork) -> Mapping[str, Collection[UUID]]:
        """Who is in each, by its name. Two queries."""
        members = DEPARTMENTS.members(uow)
        return {name: members.get(key, ()) for key, name in DEPARTMENTS.names(uow).items()}


def within_limits(uow: UnitOfWork) -> tuple[ColumnElement[bool], ...]:
    """Of a query of cases: those of whoever works here; nothing where all are."""
    return () if _sees_all(uow) else (_is_of(uow.principal.person_id),)


@lru_cache(maxsize=64)
def _is_of(person_id: UUID | None) -> ColumnElement[bool]:
    """The condition alone, which depends on nothing else: a page asks several lists by it."""
    by_service = and_(Case.goes_to == "", _is_own(person_id, Case.service))
    held = select(ROLE + roles_held(person_id).subquery().c.role)
    office = select(OFFICE + cast(_mine(person_id).subquery().c.department_id, Text))
    return or_(by_service, Case.goes_to.in_(office), Case.goes_to.in_(held))


def within_services(
    uow: UnitOfWork, service: InstrumentedAttribute[str]
) -> tuple[ColumnElement[bool], ...]:
    """Of a query: rows of the services of whoever works here; nothing where all are."""
    return () if _sees_all(uow) else (_is_own(uow.principal.person_id, service),)


def own_of(uow: UnitOfWork, services: Iterable[Service]) -> list[Service]:
    """Those of the services that whoever works here may work on. One query."""
    found = list(services)
    own = None if _sees_all(uow) else _limits(uow).get(uow.principal.person_id)
    return found if own is None else [service for service in found if service.key in own]


def expect_own(uow: UnitOfWork, service: str) -> None:
    """Raises NotTheirService where whoever works here is limited to others."""
    if not _sees_all(uow) and service not in _limits(uow).get(uow.principal.person_id, {service}):
        raise NotTheirService


def expect_worker(uow: UnitOfWork, person_id: UUID, service: str, goes_to: str = "") -> None:
    """Raises NotTheirService where a colleague does not work on it."""
    if person_id not in workers_on(uow, service, goes_to):
        raise NotTheirService


def workers_on(uow: UnitOfWork, service: str, goes_to: str = "") -> dict[UUID, str]:
    """Who handles cases of that service, or those that were sent there, by id. Seven queries."""
    limits, heads = _limits(uow), people_who_may(uow, OVERSEE)
    there = people_at(uow, goes_to) if goes_to else ()
    return {
        person: name
        for person, name in people_who_may(uow, HANDLE).items()
        if person in heads
        or (person in there if goes_to else service in limits.get(person, {service}))
    }


def people_at(uow: UnitOfWork, goes_to: str) -> Collection[UUID]:
    """Who is in an office or holds a role, as a case keeps it. One or two queries."""
    if goes_to.startswith(OFFICE):
        inside = cast(DepartmentMember.department_id, Text) == goes_to.removeprefix(OFFICE)
        return set(uow.session.scalars(select(DepartmentMember.person_id).where(inside)))
    key = goes_to.removeprefix(ROLE)
    held = holders_of_roles(uow).items()
    return {person for person, roles in held if key in {role.value for role in roles}}


def department_of(uow: UnitOfWork, department_id: UUID, *, to_change: bool = False) -> Department:
    """Raises NoSuchDepartment."""
    found = DEPARTMENTS.found(uow, department_id, to_change=to_change)
    if found is None:
        raise NoSuchDepartment
    return found


def departments_here(uow: UnitOfWork) -> Sequence[Department]:
    """All of them, by name. One query."""
    rows = select(Department).order_by(func.lower(Department.name), Department.id)
    return uow.session.scalars(rows).all()


def make_department(
    uow: UnitOfWork,
    name: str,
    services: Collection[str],
    members: Collection[UUID],
    *,
    request_id: UUID,
) -> Department:
    """A new one; sent twice it is one. Raises DepartmentNameTaken."""
    if first := DEPARTMENTS.sent_before(uow, request_id):
        return first
    _refuse_taken(uow, name, None)
    row = Department(request_id=request_id, name=name, services=sorted(services))
    uow.session.add(row)
    uow.session.flush()
    DEPARTMENTS.put_members(uow, row, members)
    uow.emit(DepartmentMade(subject_id=row.id))
    return row


def change_department(
    uow: UnitOfWork,
    row: Department,
    name: str,
    services: Collection[str],
    members: Collection[UUID],
    *,
    expected_version: int,
) -> None:
    """Its name, its services, who is in it. Raises StaleDepartment, DepartmentNameTaken."""
    known = set(DEPARTMENTS.members(uow).get(row.id, ()))
    if (row.name, row.services, known) == (name, sorted(services), set(members)):
        return
    expect_version(row, expected_version, StaleDepartment)
    _refuse_taken(uow, name, row.id)
    row.name, row.services, row.changed_at = name, sorted(services), uow.now
    DEPARTMENTS.put_members(uow, row, members)
    uow.emit(DepartmentChanged(subject_id=row.id))


def remove_department(uow: UnitOfWork, row: Department, *, expected_version: int) -> None:
    """Its people work on what their other departments do, else on all. Raises StaleDepartment."""
    expect_version(row, expected_version, StaleDepartment)
    DEPARTMENTS.clear_members(uow, row)
    uow.emit(DepartmentRemoved(subject_id=row.id))
    uow.session.delete(row)


def names_of_departments(uow: UnitOfWork, person_id: UUID) -> Sequence[str]:
    """Those that somebody is in."""
    rows = select(Department.name).where(Department.id.in_(DEPARTMENTS.of_person(person_id)))
    return uow.session.scalars(rows.order_by(Department.name)).all()


def _sees_all(uow: UnitOfWork) -> bool:
    """Work of nobody, as a job, and of who oversees the work."""
    return uow.principal.person_id is None or uow.principal.may(OVERSEE)


def _mine(person_id: UUID | None) -> Select[UUID]:
    return DEPARTMENTS.of_person(person_id)


def _is_own(person_id: UUID | None, service: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return or_(~exists(_mine(person_id)), service.in_(_own_services(person_id)))


def _own_services(person_id: UUID | None) -> Select[str]:
    return select(func.unnest(Department.services)).where(Department.id.in_(_mine(person_id)))


def _limits(uow: UnitOfWork) -> Mapping[UUID | None, set[str]]:
    """By person, the services that they are limited to. One query."""
    rows = select(DepartmentMember.person_id, Department.services).join(
        Department, Department.id == DepartmentMember.department_id
    )
    found: dict[UUID | None, set[str]] = {}
    for person_id, services in uow.session.execute(rows):
        found.setdefault(person_id, set()).update(services)
    return found


def _refuse_taken(uow: UnitOfWork, name: str, own: UUID | None) -> None:
    if DEPARTMENTS.is_taken(uow, name, own):
        raise DepartmentNameTaken
