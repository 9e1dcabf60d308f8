"""Use of the centres in a year, out of bookings, guests, shifts and repairs. Nobody is named.

Nobody is asked for an age, so none is told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select

from obshto.modules.centres.models import (
    Centre,
    InventoryItem,
    ItemRepair,
    RotaShift,
    RotaWorker,
    Visit,
)
from obshto.modules.centres.services.kinds import BROKEN, CENTRE, PART, WRITTEN_OFF
from obshto.modules.centres.services.queries import published
from obshto.platform.bookings.models import Booking, Resource, Slot
from obshto.platform.bookings.states import BOOKED, CANCELLED
from obshto.platform.clock import SOFIA
from obshto.platform.unit_of_work import UnitOfWork

FIRST = 2026  # before it there were no centres


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreYear:
    """Numbers of one centre in a year; hours are whole minutes, `cost_cents` of the repairs."""

    guests: int = 0
    guest_minutes: int = 0
    booked: int = 0
    came: int = 0
    missed: int = 0
    cancelled: int = 0
    booked_minutes: int = 0
    staff_minutes: int = 0
    volunteer_minutes: int = 0
    repairs: int = 0
    cost_cents: int = 0
    things: int = 0
    broken: int = 0

    def __add__(self, other: CentreYear) -> CentreYear:
        names = [field.name for field in fields(self)]
        return CentreYear(**{name: getattr(self, name) + getattr(other, name) for name in names})


def years(today: date) -> Sequence[int]:
    """The newest first."""
    return range(max(today.year, FIRST), FIRST - 1, -1)


def year_of(uow: UnitOfWork, year: int) -> list[tuple[Centre, CentreYear]]:
    """Each public centre with its numbers, by name. Six queries, however many centres.

    Things are counted as they are now, whatever the year.
    """
    centres = uow.session.scalars(published(CENTRE)).all()
    ids = [centre.id for centre in centres]
    told: dict[UUID, dict[str, int]] = {centre_id: {} for centre_id in ids}
    for numbers in (_guests, _bookings, _shifts, _repairs, _things):
        for centre_id, *row in uow.session.execute(numbers(ids, year, uow.now)):
            names = NUMBERS[numbers.__name__]
            found = {name: round(float(value or 0)) for name, value in zip(names, row, strict=True)}
            told[centre_id] |= found
    return [(centre, CentreYear(**told[centre.id])) for centre in centres]


def whole_year(rows: Collection[tuple[Centre, CentreYear]]) -> CentreYear:
    """All centres together."""
    return sum((numbers for _, numbers in rows), CentreYear())


NUMBERS: Mapping[str, Sequence[str]] = {
    "_guests": ("guests", "guest_minutes"),
    "_bookings": ("booked", "came", "missed", "cancelled", "booked_minutes"),
    "_shifts": ("staff_minutes", "volunteer_minutes"),
    "_repairs": ("repairs", "cost_cents"),
    "_things": ("things", "broken"),
}


def _guests(ids: Sequence[UUID], year: int, now: datetime) -> Select[Any]:
    spent = _minutes(Visit.seated_at, func.coalesce(Visit.ended_at, Visit.until))
    rows: Select[Any] = select(Visit.centre_id, func.count(), func.sum(spent))
    rows = rows.where(Visit.centre_id.in_(ids), *_days(Visit.day, year))
    return rows.group_by(Visit.centre_id)


def _bookings(ids: Sequence[UUID], year: int, now: datetime) -> Select[Any]:
    """A group of times taken together is one; its minutes are those of all of them."""
    is_head = Booking.id == Booking.group_id
    came = and_(Booking.state == BOOKED, Booking.attended.is_not(False))
    numbers = (
        func.count().filter(is_head, Booking.state == BOOKED),
        func.count().filter(is_head, Booking.attended.is_(True)),
        func.count().filter(is_head, Booking.attended.is_(False)),
        func.count().filter(is_head, Booking.state == CANCELLED),
        func.sum(_minutes(Slot.starts_at, Slot.ends_at)).filter(came),
    )
    begin, end = _bounds(year)
    rows: Select[Any] = select(Resource.object_id, *numbers).select_from(Booking)
    rows = rows.join(Booking.slot).join(Slot.resource).where(Resource.part == PART)
    rows = rows.where(Resource.object_id.in_(ids), Slot.starts_at >= begin, Slot.starts_at < end)
    return rows.where(Slot.starts_at < now).group_by(Resource.object_id)


def _shifts(ids: Sequence[UUID], year: int, now: datetime) -> Select[Any]:
    minutes = func.sum(_minutes(RotaShift.starts_at, RotaShift.ends_at))
    staff = minutes.filter(~RotaWorker.is_volunteer)
    rows: Select[Any] = select(RotaShift.centre_id, staff, minutes.filter(RotaWorker.is_volunteer))
    rows = rows.join(RotaShift.worker).where(RotaShift.cancelled_at.is_(None))
    rows = rows.where(RotaShift.centre_id.in_(ids), *_days(RotaShift.day, year))
    return rows.where(RotaShift.ends_at < now).group_by(RotaShift.centre_id)


def _repairs(ids: Sequence[UUID], year: int, now: datetime) -> Select[Any]:
    numbers: tuple[Any, ...] = (func.count(), func.sum(ItemRepair.cost_cents))
    rows: Select[Any] = select(InventoryItem.centre_id, *numbers)
    rows = rows.join(ItemRepair, ItemRepair.item_id == InventoryItem.id)
    rows = rows.where(InventoryItem.centre_id.in_(ids), *_days(ItemRepair.done_on, year))
    return rows.group_by(InventoryItem.centre_id)


def _things(ids: Sequence[UUID], year: int, now: datetime) -> Select[Any]:
    broken: Any = func.count().filter(InventoryItem.state == BROKEN)
    rows: Select[Any] = select(InventoryItem.centre_id, func.count(), broken)
    rows = rows.where(InventoryItem.centre_id.in_(ids), InventoryItem.state != WRITTEN_OFF)
    return rows.group_by(InventoryItem.centre_id)


def _minutes(begin: Any, end: Any) -> Any:
    return func.extract("epoch", end - begin) / 60


def _days(column: Any, year: int) -> tuple[ColumnElement[bool], ...]:
    return column >= date(year, 1, 1), column < date(year + 1, 1, 1)


def _bounds(year: int) -> tuple[datetime, datetime]:
    begin, end = (datetime.combine(date(n, 1, 1), time(), SOFIA) for n in (year, year + 1))
    return begin, end
