"""Queries of centres: what citizens see, what staff keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.centres.errors import NoSuchCentre
from obshto.modules.centres.models import Centre
from obshto.modules.centres.services.kinds import CENTRE, OFFICE, PART
from obshto.platform.bookings.models import Resource
from obshto.platform.bookings.resources import resource_of, resources_of
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import row_of
from obshto.platform.unit_of_work import UnitOfWork


def published(kind: str = "") -> Select[Centre]:
    """What citizens see, by name."""
    shown = select(Centre).where(Centre.published_at.is_not(None), Centre.deleted_at.is_(None))
    shown = shown.where(Centre.kind == kind) if kind else shown
    return shown.order_by(Centre.sort_key, Centre.id)


def lists() -> Mapping[str, Select[Centre]]:
    """The lists of the console, by the word in the address."""
    drafts = select(Centre).where(Centre.published_at.is_(None), Centre.deleted_at.is_(None))
    return {
        "centres": published(CENTRE),
        "offices": published(OFFICE),
        "drafts": drafts.order_by(Centre.sort_key, Centre.id),
    }


def centre_of(uow: UnitOfWork, centre_id: UUID, *, to_change: bool = False) -> Centre:
    """For staff; `to_change` makes others wait. Raises NoSuchCentre."""
    return row_of(uow, select(Centre), centre_id, missing=NoSuchCentre, to_change=to_change)


def centres_here(uow: UnitOfWork) -> Sequence[Centre]:
    """All centres of the municipality, drafts as well, by name; no offices. One query."""
    rows = select(Centre).where(Centre.kind == CENTRE, Centre.deleted_at.is_(None))
    return uow.session.scalars(rows.order_by(Centre.sort_key, Centre.id)).all()


def public_centre(uow: UnitOfWork, centre_id: UUID) -> Centre:
    """For everybody. Raises NoSuchCentre for a draft as for what never was."""
    centre = uow.session.scalar(published().where(Centre.id == centre_id))
    if centre is None:
        raise NoSuchCentre
    return centre


def public_resource(uow: UnitOfWork, resource_id: UUID) -> tuple[Centre, Resource]:
    """What everybody may book, with its centre. Raises NoSuchCentre, NoSuchResource."""
    resource = resource_of(uow, PART, resource_id)
    if resource.retired_at is not None:
        raise NoSuchCentre
    return public_centre(uow, resource.object_id), resource


def offered_by(uow: UnitOfWork, centres: Sequence[Centre]) -> dict[UUID, list[Resource]]:
    """What can be booked in each. One query."""
    found: dict[UUID, list[Resource]] = {centre.id: [] for centre in centres}
    for resource in resources_of(uow, PART, list(found)):
        found[resource.object_id].append(resource)
    return found


def centre_if_shown(uow: UnitOfWork, centre_id: UUID) -> Centre | None:
    """The centre of a resource, if it is shown."""
    try:
        return public_centre(uow, centre_id)
    except DomainError:
        return None
