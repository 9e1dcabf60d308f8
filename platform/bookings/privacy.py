"""Personal data of bookings: how it leaves and how it goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from obshto.platform.bookings.calendar_address import CalendarOwner, address_of
from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.bookings.queries import HEAD
from obshto.platform.bookings.retention import forget_person
from obshto.platform.unit_of_work import UnitOfWork


def export(uow: UnitOfWork, person_id: UUID) -> Mapping[str, list[dict[str, Any]]]:
    """What the person booked."""
    rows = select(Booking).join(Booking.slot).join(Slot.resource)
    rows = rows.options(contains_eager(Booking.slot).contains_eager(Slot.resource))
    own = uow.session.scalars(rows.where(Booking.person_id == person_id, HEAD)).all()
    owner = CalendarOwner(person_id=person_id)
    return {
        "bookings": [
            {
                "what": one.slot.resource.name,
                "starts_at": one.slot.starts_at.isoformat(),
                "state": one.state,
                "attended": one.attended,
                "made_at": one.made_at.isoformat(),
                "name": one.name,
                "email": one.email,
                "phone": one.phone,
                "wish": one.wish,
                "equipment": list(one.equipment_words),
                "agreed": one.agreement,
            }
            for one in own
        ],
        "calendar": [{"has_address": True}] if address_of(uow, owner) else [],
    }


def erase(uow: UnitOfWork, person_id: UUID) -> None:
    """The time stays a number, nobody stands beside it."""
    forget_person(uow, person_id)
