"""Destinations: which office or role receives an application, by the rules of its service."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import func, select

from obshto.modules.eservices.models import Department
from obshto.modules.eservices.models.case import OFFICE, ROLE
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.departments import DEPARTMENTS, HANDLE, people_at
from obshto.platform.permissions import Role
from obshto.platform.questionnaires.answers import Answers
from obshto.platform.questionnaires.logic import holds
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import given_here, people_who_may


def destinations_here(uow: UnitOfWork) -> dict[str, str]:
    """Offices and roles that may receive applications, as a design names them. Two queries."""
    offices = {f"{OFFICE}{name}": name for name in DEPARTMENTS.names(uow).values()}
    return {**offices, **_roles(uow)}


def wanted_by(definition: Definition, answers: Answers) -> str:
    """Where these answers lead, as the design names it; empty: to all who work on the service."""
    rules = definition.destinations
    return next((rule.to for rule in rules if holds(rule.when, answers)), "")


def destination_of(uow: UnitOfWork, definition: Definition, answers: Answers) -> str:
    """The same as a case keeps it; empty where nobody there could work on it.

    An office is kept by its id, so that another name changes nothing. Five queries at most.
    """
    to = wanted_by(definition, answers)
    if to.startswith(OFFICE):
        same = func.lower(Department.name) == to.removeprefix(OFFICE).lower()
        key = uow.session.scalar(select(Department.id).where(same))
        to = f"{OFFICE}{key}" if key else ""
    if not to or not set(people_at(uow, to)) & people_who_may(uow, HANDLE).keys():
        return ""
    return to


def names_of(uow: UnitOfWork, kept: Collection[str]) -> Mapping[str, str]:
    """The names of what cases keep; of an office or a role that went, nothing. Two queries."""
    found: dict[str, str] = {}
    if any(one.startswith(OFFICE) for one in kept):
        found |= {f"{OFFICE}{key}": name for key, name in DEPARTMENTS.names(uow).items()}
    if any(one.startswith(ROLE) for one in kept):
        found |= _roles(uow)
    return {key: name for key, name in found.items() if key in kept}


def _roles(uow: UnitOfWork) -> dict[str, str]:
    with speaking(SOURCE):
        return {
            f"{ROLE}{role.value}": str(role.label)
            for role in given_here(uow)
            if (role in HANDLE.roles if isinstance(role, Role) else HANDLE.value in role.words)
        }
