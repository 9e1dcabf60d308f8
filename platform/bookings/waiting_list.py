"""Waiting list of a slot: whoever waits first is offered the free seat, for a time."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import exists, select

from obshto.platform.bookings import events
from obshto.platform.bookings.calls import void_booking_calls
from obshto.platform.bookings.errors import BookingOver, OfferOver, StaleBooking
from obshto.platform.bookings.locks import lock_group, lock_slot
from obshto.platform.bookings.models import Booking, Resource, Slot
from obshto.platform.bookings.states import BOOKED, LAPSED, OFFERED, WAITING
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

LASTS = timedelta(hours=24)  # an offer
LATEST = timedelta(hours=1)  # before the slot begins: nobody could come from a village in less
AT_ONCE = 200  # slots of one transaction


def record(uow: UnitOfWork, part: str, booking: Booking, fact: type[events.BookingFact]) -> None:
    """Say it to the log and to others: never the person."""
    uow.emit(fact(subject_id=booking.id, part=part))


def offer_next(uow: UnitOfWork, slot: Slot, part: str) -> None:
    """Offer each free seat to the next in line; an offer holds its seat. The slot is locked."""
    until = min(uow.now + LASTS, slot.starts_at - LATEST)
    if until <= uow.now:
        return
    waiting = select(Booking).where(Booking.slot_id == slot.id, Booking.state == WAITING)
    line = waiting.order_by(Booking.position, Booking.id).limit(max(slot.capacity - slot.taken, 0))
    fresh = line.with_for_update().execution_options(populate_existing=True)
    for booking in uow.session.scalars(fresh).all():
        booking.state, booking.offered_until = OFFERED, until
        slot.taken += 1
        record(uow, part, booking, events.BookingOffered)
    uow.session.flush()


def accept_offer(uow: UnitOfWork, booking: Booking, part: str, *, expected_version: int) -> None:
    """The seat is theirs. Raises OfferOver, BookingOver, StaleBooking."""
    lock_group(uow, booking)
    if booking.state == BOOKED:  # pressed twice
        return
    if booking.state == LAPSED or (booking.offered_until and booking.offered_until <= uow.now):
        raise OfferOver
    if booking.state != OFFERED:
        raise BookingOver
    expect_version(booking, expected_version, StaleBooking)
    booking.state, booking.offered_until = BOOKED, None
    void_booking_calls(uow, booking.id)
    record(uow, part, booking, events.BookingMade)


def lapse_offers(uow: UnitOfWork) -> None:
    """Job: offers that nobody took end, and the next in line is asked, slot by slot."""
    late = (Booking.state == OFFERED) & (Booking.offered_until <= uow.now)
    for slot_id, part in _slots_with(uow, late):
        slot = lock_slot(uow, slot_id)
        ended = select(Booking).where(Booking.slot_id == slot.id, late)
        fresh = ended.with_for_update().execution_options(populate_existing=True)
        for booking in uow.session.scalars(fresh).all():
            booking.state, booking.ended_at = LAPSED, uow.now
            slot.taken -= 1
            record(uow, part, booking, events.OfferLapsed)
        uow.session.flush()
        offer_next(uow, slot, part)


def offer_free_seats(uow: UnitOfWork) -> None:
    """Job: seats that came free without a cancellation, as when a resource has more of them."""
    line = (Booking.state == WAITING) & (Slot.taken < Slot.capacity)
    for slot_id, part in _slots_with(uow, line & (Slot.starts_at > uow.now + LATEST)):
        offer_next(uow, lock_slot(uow, slot_id), part)


def _slots_with(uow: UnitOfWork, wanted: object) -> list[tuple[UUID, str]]:
    """Their ids with the part of their resource, in the order in which locks are taken."""
    among = exists().where(Booking.slot_id == Slot.id, wanted)  # type: ignore[arg-type]
    rows = select(Slot.id, Resource.part).join(Resource, Resource.id == Slot.resource_id)
    ordered = rows.where(among).order_by(Slot.resource_id, Slot.starts_at).limit(AT_ONCE)
    return [(slot_id, part) for slot_id, part in uow.session.execute(ordered)]
