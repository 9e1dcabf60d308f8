"""Enrolments: a seat in a group, or a place in the line, with village and age for the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.courses.errors import EnrolledAlready, GroupClosed, NotEnrolled
from obshto.modules.courses.models import Course, Enrolment, Group
from obshto.modules.courses.services.fees.charges import ask_fee, let_go, price_seat
from obshto.modules.courses.services.kinds import PART
from obshto.platform.bookings.codes import reach_index
from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.bookings.queries import rows_of, without_booker
from obshto.platform.bookings.resources import resource_of
from obshto.platform.bookings.services import (
    Booker,
    book,
    cancel,
    join_waiting_list,
)
from obshto.platform.bookings.states import ACTIVE, BOOKED, HOLDING
from obshto.platform.bookings.waiting_list import accept_offer
from obshto.platform.db.base import new_id
from obshto.platform.entity import of_request
from obshto.platform.keys.encryption import blind_index
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """What is asked for the figures, and who pays less; all of it may stay empty."""

    ekatte: str = ""
    age: str = ""
    exemption: UUID | None = None


def enrol(
    uow: UnitOfWork,
    group: Group,
    booker: Booker,
    participant: Participant,
    *,
    request_id: UUID,
    waits: bool = False,
) -> Booking:
    """A seat, or with `waits` a place in the line; the same `request_id` finds the first.

    Where the course has a price, it is asked for in the same work. Raises GroupClosed,
    EnrolledAlready, PriceUnpayable and as `book` of the bookings: SlotFull, ReachNeeded.
    """
    if first := of_request(uow, Booking, request_id):
        return first
    # The group before its seats, as whoever moves its lessons locks them.
    locked = select(Group).where(Group.id == group.id).with_for_update(read=True, key_share=True)
    group = uow.session.scalars(locked.execution_options(populate_existing=True)).one()
    if group.cancelled_at or group.starts_at <= uow.now:
        raise GroupClosed
    index = name_index(booker.name)
    _refuse_twice(uow, group, booker, index)
    resource = resource_of(uow, PART, group.resource_id)
    if waits:
        start = group.starts_at
        booking = join_waiting_list(uow, resource, start, booker, request_id=request_id)
    else:
        booking = book(uow, resource, [group.starts_at], booker, request_id=request_id)
    row = {
        "id": new_id(),
        "booking_id": booking.id,
        "group_id": group.id,
        "person_id": booking.person_id,
        "name_index": index,
        "ekatte": participant.ekatte,
        "age": participant.age,
        "made_at": uow.now,
    }
    uow.session.execute(insert(Enrolment).values(row).on_conflict_do_nothing())
    course = uow.session.get_one(Course, group.course_id)
    price_seat(uow, course, booking, group, participant.exemption)
    return booking


def accept_seat(uow: UnitOfWork, booking: Booking, *, expected_version: int) -> None:
    """The seat on offer is theirs, and is paid from now on.

    Raises OfferOver, BookingOver, StaleBooking, NotEnrolled, PriceUnpayable.
    """
    group = uow.session.get_one(Group, enrolment_of(uow, booking).group_id)
    accept_offer(uow, booking, PART, expected_version=expected_version)
    ask_fee(uow, uow.session.get_one(Course, group.course_id), booking, group)


def leave_group(uow: UnitOfWork, booking: Booking, *, expected_version: int) -> None:
    """The seat is another's; nothing is owed for it, what was paid in time is asked back.

    Raises StaleBooking, BookingOver, NotEnrolled.
    """
    group = uow.session.get_one(Group, enrolment_of(uow, booking).group_id)
    cancel(uow, booking, PART, expected_version=expected_version)
    let_go(uow, group, booking_id=booking.id)


def enrolment_of(uow: UnitOfWork, booking: Booking) -> Enrolment:
    """The enrolment behind a booking. Raises NotEnrolled."""
    found = uow.session.scalar(select(Enrolment).where(Enrolment.booking_id == booking.id))
    if found is None:
        raise NotEnrolled
    return found


def only_enrolled(booking: Booking) -> None:
    """Raises NotEnrolled: in line, cancelled, lapsed."""
    if booking.state != BOOKED:
        raise NotEnrolled


def participants(uow: UnitOfWork, group: Group) -> list[tuple[Booking, Enrolment]]:
    """Who has a seat or is offered one, in the order of enrolment, without names. Two queries."""
    return _with(uow, group, without_booker(rows_of(PART)).where(Booking.state.in_(HOLDING)))


def waiting(uow: UnitOfWork, group: Group) -> list[tuple[Booking, Enrolment]]:
    """Who waits, in order, without names. Two queries."""
    rows = without_booker(rows_of(PART)).where(Booking.state == "waiting")
    return _with(uow, group, rows.order_by(Booking.position))


def doubles(pairs: Sequence[tuple[Booking, Enrolment]]) -> frozenset[UUID]:
    """Bookings of one name in one group, under two numbers: perhaps the same person."""
    seen: dict[bytes, list[UUID]] = {}
    for booking, enrolment in pairs:
        if enrolment.name_index:
            seen.setdefault(enrolment.name_index, []).append(booking.id)
    return frozenset(one for same in seen.values() if len(same) > 1 for one in same)


def name_index(name: str) -> bytes:
    """The index of a name, whatever blanks and capitals it was typed with."""
    return blind_index("courses_enrolment.name_index", " ".join(name.casefold().split()))


def _with(uow: UnitOfWork, group: Group, rows: object) -> list[tuple[Booking, Enrolment]]:
    of_group = rows.where(Slot.resource_id == group.resource_id)  # type: ignore[attr-defined]
    found = uow.session.scalars(of_group.order_by(Booking.id).limit(AT_ONCE)).all()
    wanted = select(Enrolment).where(Enrolment.booking_id.in_([one.id for one in found]))
    enrolled = {one.booking_id: one for one in uow.session.scalars(wanted)}
    return [(one, enrolled[one.id]) for one in found if one.id in enrolled]


def _refuse_twice(uow: UnitOfWork, group: Group, booker: Booker, index: bytes) -> None:
    """The same name under the same phone, address or account."""
    me = uow.principal.person_id
    same = [Booking.person_id == me] if me and not booker.by_staff else []
    same += [Booking.phone_index == reach_index(booker.phone)] if booker.phone else []
    same += [Booking.email_index == reach_index(booker.email)] if booker.email else []
    if not same:
        return
    rows = select(Booking.id).join(Enrolment, Enrolment.booking_id == Booking.id)
    rows = rows.where(Enrolment.group_id == group.id, Enrolment.name_index == index)
    if uow.session.scalar(rows.where(Booking.state.in_(ACTIVE), or_(*same)).limit(1)):
        raise EnrolledAlready
