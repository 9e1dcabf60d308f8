"""Booked office hours as who receives people sees them: to come, past, one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Select, select

from obshto.modules.centres.models import Centre
from obshto.modules.centres.services.kinds import PART, RECEPTION
from obshto.modules.centres.services.video_hours import LONGEST
from obshto.platform.bookings.errors import NoSuchBooking
from obshto.platform.bookings.models import Booking, Resource, Slot
from obshto.platform.bookings.queries import booking_of, found
from obshto.platform.bookings.states import BOOKED
from obshto.platform.unit_of_work import UnitOfWork

COMING, PAST = "coming", "past"


def hours_in(uow: UnitOfWork) -> Mapping[str, Select[Booking]]:
    """Both lists: to come, the next first; past, the last first. Who comes stays encrypted."""
    coming = found(PART, state=BOOKED, coming=uow.now - LONGEST).where(Slot.ends_at > uow.now)
    past = found(PART, state=BOOKED).where(Slot.ends_at <= uow.now, Booking.is_emptied.is_(False))
    return {
        word: rows.where(Resource.kind == RECEPTION)
        for word, rows in ((COMING, coming), (PAST, past))
    }


def hour_of(uow: UnitOfWork, booking_id: UUID) -> Booking:
    """One of them, without who comes. Raises NoSuchBooking."""
    one = booking_of(uow, PART, booking_id)
    if one.slot.resource.kind != RECEPTION:
        raise NoSuchBooking
    return one


def offices_of(uow: UnitOfWork, bookings: Sequence[Booking]) -> dict[UUID, Centre]:
    """Offices of these hours, by their id. One query."""
    ids = {one.slot.resource.object_id for one in bookings}
    rows = uow.session.scalars(select(Centre).where(Centre.id.in_(ids))) if ids else ()
    return {office.id: office for office in rows}
