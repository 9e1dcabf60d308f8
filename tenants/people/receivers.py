"""Receivers of what waits for staff: its official, else its department, else all who may."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from obshto.platform.modularity.departments import departments_here
from obshto.platform.permissions import Permission
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.people.roles import people_who_may


def receivers_of(
    uow: UnitOfWork, *permissions: Permission, assignee_id: UUID | None, department: str
) -> Sequence[UUID]:
    """The one whom it was given to; those of the department who hold one of the permissions; where
    nobody of it does, all who hold one."""
    if assignee_id:
        return [assignee_id]
    able = people_who_may(uow, *permissions)
    own = departments_here(uow).get(department, ())
    return [person for person in able if person in own] or list(able)
