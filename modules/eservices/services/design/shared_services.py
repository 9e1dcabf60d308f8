"""Services offered to the other municipalities: what the region's register tells of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from obshto.modules.eservices.errors import DesignChanged, NotOfRegion, NotToOffer
from obshto.modules.eservices.events.versions import ServiceOffered
from obshto.modules.eservices.models import DesignedService, DesignedVersion, InheritedService
from obshto.modules.eservices.services.catalogue import object_id_of, service_of
from obshto.modules.eservices.services.design.parts import differing
from obshto.platform.entity import expect_version
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import (
    Offered,
    offered_by_a_neighbour,
    offered_by_neighbours,
    regional_roles_of,
)

PART = "eservices"
OFFERED = {"offered": True}


def offer_to_others(
    uow: UnitOfWork, row: DesignedService, *, is_offered: bool, expected_version: int
) -> None:
    """Let the others take it over, or no more; who has it keeps it. Nothing where it is so already.

    Raises NotToOffer, DesignChanged.
    """
    if bool(row.offered_at) == is_offered:
        return
    expect_version(row, expected_version, DesignChanged)
    version = _published(uow, row)
    if is_offered and (row.withdrawn_at or not version or not version.design or _taken(uow, row)):
        raise NotToOffer
    row.offered_at = uow.now if is_offered else None
    row.regional_at = None
    service = service_of(uow, row.key)
    uow.emit(ServiceOffered(subject_id=object_id_of(service), service=row.key))


def publish_for_region(
    uow: UnitOfWork, row: DesignedService, due_on: date, *, expected_version: int
) -> None:
    """Offer it to all, in the region's name: it comes by that day where nobody decided otherwise.

    Nothing where it is so already. Raises NotOfRegion, NotToOffer, DesignChanged.
    """
    if not is_of_region(uow):
        raise NotOfRegion
    version = _published(uow, row)
    if row.withdrawn_at or not version or not version.design or _taken(uow, row):
        raise NotToOffer
    if row.regional_at and version.due_on == due_on:
        return
    expect_version(row, expected_version, DesignChanged)
    row.offered_at, row.regional_at, version.due_on = row.offered_at or uow.now, uow.now, due_on
    service = service_of(uow, row.key)
    uow.emit(ServiceOffered(subject_id=object_id_of(service), service=row.key))


def is_of_region(uow: UnitOfWork) -> bool:
    """Whether who acts is of the region's team, inside this municipality. One read elsewhere."""
    who = uow.principal.person_id
    return who is not None and Role.OPERATOR in regional_roles_of(who)


def patterns(uow: UnitOfWork) -> dict[str, dict[str, Any]]:
    """By key what the register tells of a service: its design where it is offered; where it comes
    from and in what it differs where it was taken over. One query."""
    wanted = (
        select(DesignedService, DesignedVersion, InheritedService)
        .join(
            DesignedVersion,
            (DesignedVersion.service == DesignedService.key)
            & (DesignedVersion.number == DesignedService.published),
        )
        .outerjoin(InheritedService, InheritedService.service == DesignedService.key)
        .where(or_(DesignedService.offered_at.is_not(None), InheritedService.id.is_not(None)))
    )
    return {
        row.key: _taken_pattern(taken, version) if taken else _offered_pattern(row, version)
        for row, version, taken in uow.session.execute(wanted)
    }


def refused_at_first(uow: UnitOfWork) -> list[tuple[str, str, dict[str, Any]]]:
    """Key and title of what was taken over, refused and never published, and what the register
    tells whoever offers it. One query."""
    wanted = (
        select(DesignedService, InheritedService)
        .join(InheritedService, InheritedService.service == DesignedService.key)
        .where(DesignedService.published == 0, InheritedService.declined > InheritedService.number)
    )
    return [(row.key, row.title, _refusal(taken)) for row, taken in uow.session.execute(wanted)]


def offered_services(to: str) -> list[Offered]:
    """What other municipalities offer, by title. One read."""
    found = offered_by_neighbours(PART, to=to, like=OFFERED)
    return sorted(found, key=lambda one: (one.title, one.municipality))


def offered_service(origin: UUID, *, to: str) -> Offered | None:
    """One of them; None where it is offered no more. One read."""
    found = offered_by_a_neighbour(PART, origin, to=to)
    return found if found and found.pattern.get("offered") else None


def takers(origin: UUID, *, but: str) -> list[Offered]:
    """Where a service of this municipality was taken over, by municipality; also where its very
    first version was refused. One read."""
    found = offered_by_neighbours(PART, to=but, like={"origin": str(origin)}, with_ended=True)
    return sorted(found, key=lambda one: one.municipality)


def due_of(offered: Offered) -> date | None:
    """By which day its newest version is needed; None where no day was said."""
    told = offered.pattern.get("due_on")
    return date.fromisoformat(told) if told else None


def _offered_pattern(row: DesignedService, version: DesignedVersion) -> dict[str, Any]:
    return {
        **OFFERED,
        "regional": row.regional_at is not None,
        "number": version.number,
        "note": version.note,
        "due_on": version.due_on.isoformat() if version.due_on else "",
        "design": _without_offices(json.loads(version.design)),
    }


def _without_offices(design: dict[str, Any]) -> dict[str, Any]:
    """Which of its offices receive what is the business of each municipality."""
    return {name: part for name, part in design.items() if name != "destinations"}


def _taken_pattern(taken: InheritedService, version: DesignedVersion) -> dict[str, Any]:
    here = json.loads(version.design) if version.design else {}
    return {
        **_refusal(taken),
        "differs": differing(json.loads(taken.base), here),
        "by_date": taken.came_by_date,
    }


def _refusal(taken: InheritedService) -> dict[str, Any]:
    return {
        "origin": str(taken.origin),
        "number": taken.number,
        "declined": taken.declined,
        "because": taken.declined_because,
    }


def _published(uow: UnitOfWork, row: DesignedService) -> DesignedVersion | None:
    wanted = select(DesignedVersion).where(
        DesignedVersion.service == row.key, DesignedVersion.number == row.published
    )
    return uow.session.scalar(wanted) if row.published else None


def _taken(uow: UnitOfWork, row: DesignedService) -> bool:
    wanted = select(InheritedService.id).where(InheritedService.service == row.key)
    return uow.session.scalar(wanted) is not None
