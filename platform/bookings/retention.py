"""Retention of bookings: names leave after ninety days, the counts stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from obshto.platform.bookings.calendar_address import forget_addresses
from obshto.platform.bookings.events import BookingCancelled
from obshto.platform.bookings.locks import lock_group
from obshto.platform.bookings.models import Booking, BookingCall, Resource, Slot
from obshto.platform.bookings.queries import HEAD
from obshto.platform.bookings.services import free
from obshto.platform.bookings.states import ACTIVE
from obshto.platform.bookings.waiting_list import offer_next, record
from obshto.platform.calls.services import forget_caller
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=90)  # after the time, while somebody may still ask about it
AT_ONCE = 500


def empty_old(uow: UnitOfWork) -> None:
    """Job: ninety days after its time nothing says who booked it."""
    old = select(Booking).join(Booking.slot).where(Slot.ends_at < uow.now - KEPT)
    old = old.where(Booking.is_emptied.is_(False)).order_by(Booking.id).limit(AT_ONCE)
    _empty(uow, uow.session.scalars(old.with_for_update(skip_locked=True, of=Booking)).all())


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """Their times to come are free again; no name stays, of a booker or of staff."""
    own = select(Booking, Slot.starts_at, Resource.part).join(Booking.slot).join(Slot.resource)
    own = own.where(Booking.person_id == person_id, HEAD).order_by(Booking.id)
    for booking, starts_at, part in uow.session.execute(own).all():
        seats, slots = lock_group(uow, booking)
        if booking.state in ACTIVE and starts_at > uow.now:
            free(uow, seats, slots)
            uow.session.flush()
            for slot in slots:
                offer_next(uow, slot, part)
            record(uow, part, booking, BookingCancelled)
        _empty(uow, seats)
    uow.session.flush()
    forget_addresses(uow, person_id)
    entered = update(Booking).where(Booking.entered_by_id == person_id)
    uow.session.execute(entered.values(entered_by_id=None, entered_by=""))
    agreed = update(Booking).where(Booking.agreement_by_id == person_id)
    uow.session.execute(agreed.values(agreement_by_id=None, agreement_by=""))
    forget_caller(uow, BookingCall, person_id)


def _empty(uow: UnitOfWork, bookings: Sequence[Booking]) -> None:
    for booking in bookings:
        booking.person_id = booking.code_index = None
        booking.email = booking.phone = booking.wish = booking.equipment = None
        booking.email_index = booking.phone_index = None
        booking.agreement = booking.agreement_at = booking.agreement_by_id = None
        booking.agreement_by = ""
        booking.name, booking.is_emptied = "", True
    about = BookingCall.booking_id.in_([booking.id for booking in bookings])
    uow.session.execute(delete(BookingCall).where(about))
