"""Booking kind of centres: opening hours that bound a resource, words for letters."""

from __future__ import annotations

from obshto.modules.centres.errors import NoSuchCentre
from obshto.modules.centres.models import Centre
from obshto.modules.centres.services.kinds import (
    EQUIPMENT,
    MANNERS,
    PART,
    RECEPTION,
    RESOURCES,
)
from obshto.platform.bookings.kinds import BookingKind, Description
from obshto.platform.bookings.models import Resource
from obshto.platform.opening_hours.hours import Hours, read
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import current_language


def hours_of(uow: UnitOfWork, resource: Resource) -> Hours | None:
    """Those of the centre; where nobody wrote any, nothing is open."""
    centre = uow.session.get(Centre, resource.object_id)
    return (read(centre.hours) if centre else None) or Hours()


def describe(uow: UnitOfWork, resource: Resource) -> Description:
    """„Компютър“ at „Дигитален център, гр. Кула, ул. Възраждане 38“. Raises NoSuchCentre."""
    centre = uow.session.get(Centre, resource.object_id)
    if centre is None:
        raise NoSuchCentre
    language = current_language()
    name = centre.told(language)[0]
    where = ", ".join(filter(None, (name, centre.settlement_in(language))))
    return Description(
        what=title_of(resource), where=where, address=centre.address, phone=centre.phone
    )


def title_of(resource: Resource) -> str:
    """Its own name; an office's hour is called as such in each language."""
    return str(RESOURCES[RECEPTION]) if resource.kind == RECEPTION else resource.name


KIND = BookingKind(
    part=PART,
    page="/centres/booking/{ref}",
    hours=hours_of,
    describe=describe,
    manners=MANNERS,
    equipment=EQUIPMENT,
)
