"""Queries of bookings: by code or account, of a day, by phone, counted without names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import contains_eager, defer

from obshto.platform.bookings.codes import index_of, reach_index
from obshto.platform.bookings.errors import NoSuchBooking, WhoseBooking
from obshto.platform.bookings.models import Booking, Resource, Slot
from obshto.platform.bookings.states import ACTIVE, BOOKED, CANCELLED, HOLDING
from obshto.platform.cases.codes import FOLLOW, digits
from obshto.platform.clock import SOFIA
from obshto.platform.unit_of_work import UnitOfWork

SOON = timedelta(hours=3)  # who booked just now knows when
HEAD = Booking.id == Booking.group_id
BOOKER = (
    *(Booking.name, Booking.email, Booking.phone),
    *(Booking.wish, Booking.equipment, Booking.agreement),
)


def rows_of(part: str) -> Select[Booking]:
    """Bookings of a part with their slot and resource, one row for each group."""
    rows = select(Booking).join(Booking.slot).join(Slot.resource)
    loaded = contains_eager(Booking.slot).contains_eager(Slot.resource)
    return rows.options(loaded).where(Resource.part == part, HEAD)


def without_booker(rows: Select[Booking]) -> Select[Booking]:
    """The same for staff: who it is stays encrypted until `load_bookers`."""
    return rows.options(*(defer(column) for column in BOOKER))


def load_bookers(uow: UnitOfWork, ids: Collection[UUID]) -> None:
    """Decrypt who booked, in rows that were read without. One query at most."""
    if ids:
        uow.session.scalars(select(Booking).where(Booking.id.in_(ids))).all()


def asking_for_equipment(uow: UnitOfWork, ids: Collection[UUID]) -> frozenset[UUID]:
    """Those who asked for something to be set out; what it is stays encrypted. One query."""
    rows = select(Booking.id).where(Booking.id.in_(ids), Booking.equipment.is_not(None))
    return frozenset(uow.session.scalars(rows)) if ids else frozenset()


def asking_in_slots(uow: UnitOfWork, slot_ids: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Slot and booking of each with a seat who asked for equipment. Nothing is decrypted."""
    rows = select(Booking.slot_id, Booking.group_id).where(Booking.slot_id.in_(slot_ids))
    rows = rows.where(Booking.state.in_(HOLDING), Booking.equipment.is_not(None))
    found = uow.session.execute(rows.order_by(Booking.id)) if slot_ids else ()
    return [(slot_id, group_id) for slot_id, group_id in found]


def booking_of(uow: UnitOfWork, part: str, booking_id: UUID) -> Booking:
    """Any here, for staff. Raises NoSuchBooking."""
    return _one(uow, without_booker(rows_of(part)).where(Booking.id == booking_id))


def booking_at(uow: UnitOfWork, part: str, ref: str) -> Booking:
    """By its code, or by its id in the account of who is signed in.

    Raises NoSuchBooking, WhoseBooking.
    """
    return _one(uow, rows_of(part).where(_opened_by(uow, ref)))


def booking_told(uow: UnitOfWork, booking_id: UUID) -> Booking:
    """Of whatever part, for letters. Raises NoSuchBooking."""
    rows = select(Booking).join(Booking.slot).join(Slot.resource)
    loaded = contains_eager(Booking.slot).contains_eager(Slot.resource)
    return _one(uow, rows.options(loaded).where(Booking.id == booking_id))


def bookings_of(part: str, person_id: UUID) -> Select[Booking]:
    """Those of an account, the last time first."""
    mine = rows_of(part).where(Booking.person_id == person_id)
    return mine.order_by(Slot.starts_at.desc(), Booking.id)


def ends_of(uow: UnitOfWork, bookings: Sequence[Booking]) -> dict[UUID, datetime]:
    """When the last time of each group ends, and where there is but one. One query."""
    of_groups = select(Booking.group_id, func.max(Slot.ends_at)).join(Booking.slot)
    wanted = of_groups.where(Booking.group_id.in_([one.id for one in bookings]))
    rows = uow.session.execute(wanted.group_by(Booking.group_id))
    return {group_id: ends_at for group_id, ends_at in rows}


def plan_of(part: str, resources: Collection[UUID], day: date) -> Select[Booking]:
    """Who comes on a day, in order of time."""
    begin = datetime.combine(day, time(), SOFIA)
    end = datetime.combine(day + timedelta(days=1), time(), SOFIA)
    of_day = without_booker(rows_of(part)).where(
        Resource.id.in_(resources), Booking.state.in_(HOLDING)
    )
    of_day = of_day.where(Slot.starts_at >= begin, Slot.starts_at < end)
    return of_day.order_by(Slot.starts_at, Slot.resource_id, Booking.id)


def found(
    part: str, *, words: str = "", state: str = "", coming: datetime | None = None
) -> Select[Booking]:
    """For staff: by a code, a whole phone or e-mail address; narrowed by state, what is to come."""
    rows = without_booker(rows_of(part))
    if words:
        code = digits(words)
        by_code = [Booking.code_index == index_of(code)] if len(code) == FOLLOW else []
        index = reach_index(words)
        rows = rows.where(or_(Booking.phone_index == index, Booking.email_index == index, *by_code))
    if state:
        rows = rows.where(Booking.state == state)
    if coming:
        rows = rows.where(Slot.starts_at >= coming)
        return rows.order_by(Slot.starts_at, Booking.id)
    return rows.order_by(Slot.starts_at.desc(), Booking.id)


def use_by_month(
    uow: UnitOfWork, resources: Collection[UUID]
) -> dict[tuple[UUID, str], tuple[int, int, int, int]]:
    """Booked, came, did not come, cancelled: by resource and month („2026-11“). No names."""
    month = func.to_char(func.timezone("Europe/Sofia", Slot.starts_at), "YYYY-MM")
    numbers = (
        func.sum(case((Booking.state == BOOKED, 1), else_=0)),
        func.sum(case((Booking.attended.is_(True), 1), else_=0)),
        func.sum(case((Booking.attended.is_(False), 1), else_=0)),
        func.sum(case((Booking.state == CANCELLED, 1), else_=0)),
    )
    rows = select(Slot.resource_id, month, *numbers).join(Booking.slot)
    rows = rows.where(Slot.resource_id.in_(resources)).group_by(Slot.resource_id, month)
    return {
        (resource_id, of_month): (int(a), int(b), int(c), int(d))
        for resource_id, of_month, a, b, c, d in uow.session.execute(rows)
    }


def active_at(resources: Collection[UUID], begin: datetime, end: datetime) -> Select[Slot]:
    """Slots with taken seats that begin in this time, in order."""
    rows = select(Slot).where(Slot.resource_id.in_(resources), Slot.taken > 0)
    rows = rows.where(Slot.ends_at > begin, Slot.starts_at < end)
    return rows.order_by(Slot.starts_at, Slot.id)


def coming_number(uow: UnitOfWork, part: str) -> int:
    """How many are to come. One query."""
    rows = rows_of(part).where(Booking.state.in_(ACTIVE), Slot.starts_at > uow.now)
    counted = rows.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    return uow.session.scalar(counted) or 0


def _opened_by(uow: UnitOfWork, ref: str) -> ColumnElement[bool]:
    me = uow.principal.person_id
    if len(ref) == FOLLOW and ref.isascii() and ref.isdigit():
        nobodys = Booking.person_id.is_(None)
        is_open = or_(nobodys, Booking.person_id == me) if me else nobodys
        return and_(Booking.code_index == index_of(ref), is_open)
    try:
        wanted = Booking.id == UUID(ref)
    except ValueError:
        raise NoSuchBooking from None
    if me is None:
        raise WhoseBooking
    return and_(wanted, Booking.person_id == me)


def _one(uow: UnitOfWork, wanted: Select[Booking]) -> Booking:
    booking = uow.session.scalar(wanted)
    if booking is None:
        raise NoSuchBooking
    return booking
