"""Agreements: words that staff and a booker agreed on at the time of a booking."""

from __future__ import annotations

from obshto.platform.bookings import events
from obshto.platform.bookings.errors import BookingOver, NotYetBegun, StaleBooking
from obshto.platform.bookings.locks import lock_group
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.states import BOOKED
from obshto.platform.bookings.waiting_list import record
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork


def can_agree(uow: UnitOfWork, booking: Booking) -> bool:
    """True once the time has begun, while it is known who came."""
    is_kept = booking.state == BOOKED and not booking.is_emptied
    return is_kept and booking.slot.starts_at <= uow.now


def write_agreement(
    uow: UnitOfWork, booking: Booking, part: str, words: str, *, expected_version: int
) -> None:
    """The booker reads it on the page of their booking, and is told. What was there is gone.

    Raises StaleBooking, BookingOver, NotYetBegun.
    """
    lock_group(uow, booking)
    if booking.agreement == words:  # the same form came twice
        return
    expect_version(booking, expected_version, StaleBooking)
    if booking.state != BOOKED or booking.is_emptied:
        raise BookingOver
    if not can_agree(uow, booking):
        raise NotYetBegun
    booking.agreement, booking.agreement_at = words, uow.now
    booking.agreement_by_id, booking.agreement_by = uow.principal.person_id, uow.principal.name
    record(uow, part, booking, events.BookingAgreed)
