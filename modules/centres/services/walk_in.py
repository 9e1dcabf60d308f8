"""Walk-in: guests by number, a queue, seats with an end. No names.

Each act locks its centre first: numbers and seats of one centre are given one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from obshto.modules.centres.errors import (
    NoSuchVisit,
    SeatBroken,
    SeatPromised,
    SeatTaken,
    SomebodyWaits,
    StaleVisit,
)
from obshto.modules.centres.models import Centre, Visit
from obshto.modules.centres.services.kinds import COMPUTER, PART
from obshto.platform.bookings.models import Resource, Slot
from obshto.platform.bookings.queries import active_at
from obshto.platform.bookings.resources import resources_of
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

TURN = timedelta(minutes=60)
LONGER = timedelta(minutes=30)
SHORTEST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Seat:
    """One chair at a computer; `visit` sits on it."""

    resource: Resource
    number: int
    visit: Visit | None

    @property
    def word(self) -> str:
        """As a form sends it."""
        return f"{self.resource.id}.{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A centre now: its seats, who waits, which booked times are near."""

    seats: Sequence[Seat]
    queue: Sequence[Visit]
    booked: Sequence[tuple[Resource, Slot]]

    @property
    def free(self) -> Sequence[Seat]:
        """Seats on which nobody sits."""
        return [seat for seat in self.seats if seat.visit is None]


def board_of(uow: UnitOfWork, centre: Centre) -> Board:
    """Three queries, however many guests.

    Whoever sits where no seat is left, because something broke, stands there until they leave.
    """
    present = _present(uow, centre)
    seated = {(one.resource_id, one.seat): one for one in present if one.seated_at}
    every = resources_of(uow, PART, [centre.id], or_retired=True)
    used = {resource_id for resource_id, _seat in seated}
    here = {one.id: one for one in every if _is_for_guests(one) or one.id in used}
    slots = uow.session.scalars(active_at(list(here), uow.now, uow.now + 2 * TURN))
    return Board(
        seats=[
            Seat(one, number, seated.get((one.id, number)))
            for one in here.values()
            for number in _seats_of(one, [seat or 0 for thing, seat in seated if thing == one.id])
        ],
        queue=[one for one in present if not one.seated_at],
        booked=[(here[slot.resource_id], slot) for slot in slots],
    )


def _is_for_guests(resource: Resource) -> bool:
    return resource.kind == COMPUTER and resource.retired_at is None


def _seats_of(resource: Resource, used: Sequence[int]) -> list[int]:
    """Numbers of its seats, and of those on which somebody sits all the same."""
    number = resource.capacity if _is_for_guests(resource) else 0
    return sorted({*range(1, number + 1), *used})


def computers_of(uow: UnitOfWork, centre: Centre) -> Sequence[Resource]:
    """What guests may sit at."""
    every = resources_of(uow, PART, [centre.id])
    return [one for one in every if one.kind == COMPUTER]


def add_guest(uow: UnitOfWork, centre: Centre, *, request_id: UUID) -> Visit:
    """The next number of the day, at the end of the queue; sent twice it is one guest."""
    _lock(uow, centre)
    day = day_of(uow.now)
    last = select(func.max(Visit.number)).where(Visit.centre_id == centre.id, Visit.day == day)
    row = {
        "id": new_id(),
        "request_id": request_id,
        "centre_id": centre.id,
        "day": day,
        "number": (uow.session.scalar(last) or 0) + 1,
        "came_at": uow.now,
    }
    by_request = insert(Visit).values(row).on_conflict_do_nothing(index_elements=["request_id"])
    uow.session.execute(by_request)
    return uow.session.scalars(select(Visit).where(Visit.request_id == request_id)).one()


def seat_guest(
    uow: UnitOfWork,
    centre: Centre,
    visit: Visit,
    resource: Resource,
    seat: int,
    *,
    expected_version: int,
) -> None:
    """To a chair for an hour, or until the seat is somebody's who booked it.

    Raises StaleVisit, SeatTaken, SeatPromised.
    """
    _lock(uow, centre)
    uow.session.refresh(visit)
    if (visit.resource_id, visit.seat) == (resource.id, seat):
        return
    _expect(uow, visit, expected_version)
    if not 1 <= seat <= resource.capacity or visit.ended_at:
        raise SeatTaken
    until = _bound(uow, resource, uow.now + TURN, but=visit)
    try:
        with uow.session.begin_nested():
            visit.resource_id, visit.seat = resource.id, seat
            visit.seated_at, visit.until = uow.now, until
    except IntegrityError:
        raise SeatTaken from None


def extend_visit(uow: UnitOfWork, centre: Centre, visit: Visit, *, expected_version: int) -> None:
    """Half an hour more. Raises StaleVisit, SomebodyWaits, SeatBroken, SeatPromised."""
    _lock(uow, centre)
    _expect(uow, visit, expected_version)
    if visit.until is None or visit.ended_at or visit.resource_id is None:
        raise StaleVisit
    if any(not one.seated_at for one in _present(uow, centre)):
        raise SomebodyWaits
    here = {one.id: one for one in computers_of(uow, centre)}
    if (resource := here.get(visit.resource_id)) is None:
        raise SeatBroken
    wanted = max(visit.until, uow.now) + LONGER
    bound = _bound(uow, resource, wanted, but=visit)
    if bound <= visit.until:
        raise SeatPromised(time=f"{bound.astimezone(SOFIA):%H:%M}")
    visit.until = bound


def end_visit(uow: UnitOfWork, centre: Centre, visit: Visit, *, expected_version: int) -> None:
    """The guest leaves; what is left behind is wiped. Raises StaleVisit."""
    _lock(uow, centre)
    uow.session.refresh(visit)
    if visit.ended_at:
        return
    _expect(uow, visit, expected_version)
    visit.ended_at = uow.now


def visit_of(uow: UnitOfWork, centre: Centre, visit_id: UUID) -> Visit:
    """Of this centre. Raises NoSuchVisit."""
    wanted = select(Visit).where(Visit.id == visit_id, Visit.centre_id == centre.id)
    visit = uow.session.scalar(wanted)
    if visit is None:
        raise NoSuchVisit
    return visit


def end_yesterday(uow: UnitOfWork) -> None:
    """Job: whoever was forgotten on the board has left by now."""
    left = select(Visit).where(Visit.ended_at.is_(None), Visit.day < day_of(uow.now))
    for visit in uow.session.scalars(left.with_for_update(skip_locked=True)):
        visit.ended_at = visit.until or visit.came_at


def use_of_visits(uow: UnitOfWork, centres: Sequence[UUID]) -> Mapping[tuple[UUID, str], int]:
    """Guests by centre and month („2026-11“). One query."""
    month = func.to_char(Visit.day, "YYYY-MM")
    rows = select(Visit.centre_id, month, func.count()).where(Visit.centre_id.in_(centres))
    counted = uow.session.execute(rows.group_by(Visit.centre_id, month))
    return {(centre_id, of_month): number for centre_id, of_month, number in counted}


def _present(uow: UnitOfWork, centre: Centre) -> Sequence[Visit]:
    here = select(Visit).where(Visit.centre_id == centre.id, Visit.ended_at.is_(None))
    return uow.session.scalars(here.order_by(Visit.came_at, Visit.number)).all()


def _bound(uow: UnitOfWork, resource: Resource, wanted: datetime, *, but: Visit) -> datetime:
    """Until when the seat is free of who booked: guests give way in the order of the clock.

    Raises SeatPromised where hardly any time is left.
    """
    present = select(func.count()).select_from(Visit).where(Visit.resource_id == resource.id)
    present = present.where(Visit.seated_at.is_not(None), Visit.ended_at.is_(None))
    others = uow.session.scalar(present.where(Visit.id != but.id)) or 0
    for slot in uow.session.scalars(active_at([resource.id], uow.now, wanted)):
        if others + 1 > resource.capacity - slot.taken:
            bound = max(slot.starts_at, uow.now)
            if bound < uow.now + SHORTEST:
                raise SeatPromised(time=f"{slot.starts_at.astimezone(SOFIA):%H:%M}")
            return bound
    return wanted


def _lock(uow: UnitOfWork, centre: Centre) -> None:
    uow.session.execute(select(Centre.id).where(Centre.id == centre.id).with_for_update())


def _expect(uow: UnitOfWork, visit: Visit, expected_version: int) -> None:
    """As it is now: it was read before the wait."""
    uow.session.refresh(visit)
    expect_version(visit, expected_version, StaleVisit)
