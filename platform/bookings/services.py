"""Acts upon bookings: taken, moved, cancelled, lapsed, attended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.exc import IntegrityError

from obshto.platform.bookings import events
from obshto.platform.bookings.calls import void_booking_calls
from obshto.platform.bookings.codes import code_of, index_of, reach_index
from obshto.platform.bookings.errors import (
    BookingOver,
    NotYetBegun,
    ReachNeeded,
    SlotFull,
    StaleBooking,
    TooManyBookings,
)
from obshto.platform.bookings.locks import checked_times, lock_group, lock_slots
from obshto.platform.bookings.models import Booking, Resource, Slot
from obshto.platform.bookings.states import (
    ACTIVE,
    BOOKED,
    CANCELLED,
    HOLDING,
    LAPSED,
    WAITING,
)
from obshto.platform.bookings.waiting_list import offer_next, record
from obshto.platform.cases.channels import PORTAL
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version, of_request
from obshto.platform.unit_of_work import UnitOfWork

MOST = 4  # bookings to come of one person, of those that people make themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class Booker:
    """Who comes, as typed. `phone` is in its full form („+359…“), `manner` a word of the part,
    `equipment` its words for what shall be there.
    """

    name: str
    email: str = ""
    phone: str = ""
    wish: str = ""
    equipment: tuple[str, ...] = ()
    manner: str = ""
    language: str = "bg"
    channel: str = PORTAL

    @property
    def by_staff(self) -> bool:
        return self.channel != PORTAL


def book(
    uow: UnitOfWork,
    resource: Resource,
    starts: Collection[datetime],
    booker: Booker,
    *,
    request_id: UUID,
) -> Booking:
    """A seat in each of these times; the same `request_id` again finds the first.

    Raises SlotPast, SlotClosed, SlotsApart, SlotFull, ReachNeeded, TooManyBookings.
    """
    if first := of_request(uow, Booking, request_id):
        return first
    times = checked_times(uow, resource, starts, by_staff=booker.by_staff)
    _refuse(uow, booker)
    slots = lock_slots(uow, resource, times)
    if first := of_request(uow, Booking, request_id):  # the same form, while this one waited
        return first
    if any(slot.is_full for slot in slots):
        raise SlotFull
    made = _add(uow, slots, booker, request_id=request_id, state=BOOKED)
    for slot in slots:
        slot.taken += 1
    record(uow, resource.part, made, events.BookingMade)
    return made


def join_waiting_list(
    uow: UnitOfWork, resource: Resource, start: datetime, booker: Booker, *, request_id: UUID
) -> Booking:
    """The last place in the line for a full time; where it is full no more, the seat itself.

    Raises as `book`.
    """
    if first := of_request(uow, Booking, request_id):
        return first
    times = checked_times(uow, resource, [start], by_staff=booker.by_staff)
    _refuse(uow, booker)
    [slot] = lock_slots(uow, resource, times)
    if first := of_request(uow, Booking, request_id):
        return first
    state, fact = (WAITING, events.BookingQueued) if slot.is_full else (BOOKED, events.BookingMade)
    made = _add(uow, [slot], booker, request_id=request_id, state=state)
    if state == BOOKED:
        slot.taken += 1
    else:
        last = select(func.max(Booking.position)).where(Booking.slot_id == slot.id)
        made.position = (uow.session.scalar(last) or 0) + 1
    record(uow, resource.part, made, fact)
    return made


def move(
    uow: UnitOfWork,
    booking: Booking,
    resource: Resource,
    starts: Collection[datetime],
    *,
    expected_version: int,
    by_staff: bool = False,
) -> None:
    """To other times, as many as it has; what it leaves is offered to who waits.

    Raises StaleBooking, BookingOver, SlotPast, SlotClosed, SlotsApart, SlotFull.
    """
    times = checked_times(uow, resource, starts, by_staff=by_staff)
    seats, slots = lock_group(uow, booking, resource=resource, times=times)
    held = {seat.slot_id for seat in seats}
    begins = {start for start, _ in times}
    new = [s for s in slots if s.resource_id == resource.id and s.starts_at in begins]
    if held == {slot.id for slot in new}:  # the same form came twice
        return
    expect_version(booking, expected_version, StaleBooking)
    _refuse_over(uow, booking, slots, only=(BOOKED,))
    if len(new) != len(seats) or any(s.is_full for s in new if s.id not in held):
        raise SlotFull
    kept = {slot.id for slot in new}
    for slot in slots:
        slot.taken += (slot.id in kept) - (slot.id in held)
    for seat, slot in zip(seats, new, strict=True):
        seat.slot_id = slot.id
        seat.reminded_at = None
    uow.session.flush()
    void_booking_calls(uow, booking.id)
    record(uow, resource.part, booking, events.BookingMoved)
    _offer(uow, resource.part, [slot for slot in slots if slot.id not in kept])


def cancel(
    uow: UnitOfWork,
    booking: Booking,
    part: str,
    *,
    expected_version: int,
    by: type[events.BookingFact] = events.BookingCancelled,
) -> None:
    """It is free again, for who waits first; `by` is called off where the person does not know.

    Raises StaleBooking, BookingOver.
    """
    seats, slots = lock_group(uow, booking)
    if booking.state == CANCELLED:  # pressed twice
        return
    expect_version(booking, expected_version, StaleBooking)
    _refuse_over(uow, booking, slots, only=ACTIVE)
    free(uow, seats, slots)
    uow.session.flush()
    record(uow, part, booking, by)
    _offer(uow, part, slots)


def lapse(uow: UnitOfWork, booking: Booking, part: str) -> None:
    """A seat whose condition was not met in time, as a price, goes to who waits first."""
    seats, slots = lock_group(uow, booking)
    if booking.state != BOOKED:
        return
    free(uow, seats, slots, state=LAPSED)
    uow.session.flush()
    record(uow, part, booking, events.OfferLapsed)
    _offer(uow, part, slots)


def free(
    uow: UnitOfWork, seats: Sequence[Booking], slots: Sequence[Slot], *, state: str = CANCELLED
) -> None:
    """Give the seats back. Their rows are locked."""
    by_id = {slot.id: slot for slot in slots}
    for seat in seats:
        if seat.state in HOLDING:
            by_id[seat.slot_id].taken -= 1
        seat.state, seat.ended_at, seat.offered_until = state, uow.now, None
    void_booking_calls(uow, seats[0].group_id)


def mark_attended(
    uow: UnitOfWork, booking: Booking, part: str, attended: bool, *, expected_version: int
) -> None:
    """Whether they came. Raises StaleBooking, BookingOver, NotYetBegun."""
    seats, slots = lock_group(uow, booking)
    if booking.attended is attended:
        return
    expect_version(booking, expected_version, StaleBooking)
    if booking.state != BOOKED:
        raise BookingOver
    if slots[0].starts_at > uow.now and not attended:
        raise NotYetBegun
    for seat in seats:
        seat.attended = attended
    record(uow, part, booking, events.BookingAttended)


def _add(
    uow: UnitOfWork, slots: Sequence[Slot], booker: Booker, *, request_id: UUID, state: str
) -> Booking:
    """The first seat bears the code. Two forms with one id and other times: the first one holds."""
    head = new_id()
    ids = [head, *(new_id() for _ in slots[1:])]
    rows = [
        _row(uow, booker, id=seat, slot_id=slot.id, group_id=head, state=state, number=number)
        for number, (seat, slot) in enumerate(zip(ids, slots, strict=True))
    ]
    for number, row in enumerate(rows):
        row.request_id = uuid5(request_id, str(number)) if number else request_id
    rows[0].code_index = index_of(code_of(request_id))
    try:
        with uow.session.begin_nested():
            uow.session.add_all(rows)
    except IntegrityError:
        raise StaleBooking from None
    return rows[0]


def _row(
    uow: UnitOfWork,
    booker: Booker,
    *,
    id: UUID,
    slot_id: UUID,
    group_id: UUID,
    state: str,
    number: int,
) -> Booking:
    me = uow.principal
    return Booking(
        id=id,
        slot_id=slot_id,
        group_id=group_id,
        state=state,
        person_id=None if booker.by_staff else me.person_id,
        name=booker.name,
        email=booker.email or None,
        phone=booker.phone or None,
        email_index=reach_index(booker.email),
        phone_index=reach_index(booker.phone),
        wish=booker.wish or None,
        equipment=" ".join(booker.equipment) or None,
        manner=booker.manner,
        language=booker.language,
        channel=booker.channel,
        entered_by_id=me.person_id if booker.by_staff else None,
        entered_by=me.name if booker.by_staff else "",
        made_at=uow.now,
    )


def _refuse(uow: UnitOfWork, booker: Booker) -> None:
    """Nobody without a way to be told, nobody who takes all of it."""
    if booker.by_staff:
        return
    me = uow.principal.person_id
    if not (booker.email or booker.phone or me):
        raise ReachNeeded
    same: list[ColumnElement[bool]] = [Booking.person_id == me] if me else []
    if index := reach_index(booker.email):
        same.append(Booking.email_index == index)
    if index := reach_index(booker.phone):
        same.append(Booking.phone_index == index)
    theirs = select(func.count()).select_from(Booking).join(Slot, Slot.id == Booking.slot_id)
    theirs = theirs.where(or_(*same), Booking.state.in_(ACTIVE), Slot.starts_at > uow.now)
    if (uow.session.scalar(theirs.where(Booking.id == Booking.group_id)) or 0) >= MOST:
        raise TooManyBookings(most=MOST)


def _refuse_over(
    uow: UnitOfWork, booking: Booking, slots: Sequence[Slot], *, only: Collection[str]
) -> None:
    own = next(slot for slot in slots if slot.id == booking.slot_id)
    if booking.state not in only or own.starts_at <= uow.now:
        raise BookingOver


def _offer(uow: UnitOfWork, part: str, slots: Sequence[Slot]) -> None:
    for slot in slots:
        offer_next(uow, slot, part)
