"""Inventory: things of the centres with numbers, what broke, repairs, what was written off.

While a computer does not work its seat is out of booking: the bookable resource has one seat less,
or is retired where that was its only one. Locks: the thing, then its resource.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from obshto.modules.centres.errors import (
    ItemGone,
    NoSuchInventoryItem,
    SeatElsewhere,
    SeatFixed,
    StaleItem,
)
from obshto.modules.centres.events import (
    ItemBroken,
    ItemBroughtBack,
    ItemEdited,
    ItemFact,
    ItemRepaired,
    ItemWritten,
    ItemWrittenOff,
    ResourceChanged,
)
from obshto.modules.centres.models import Centre, InventoryItem, ItemRepair
from obshto.modules.centres.services.centres import tell
from obshto.modules.centres.services.kinds import BROKEN, ITEM_STATES, PART, WORKS, WRITTEN_OFF
from obshto.platform.bookings.models import Resource, Slot
from obshto.platform.bookings.resources import resource_of
from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

ONE_LESS, RETIRED = "capacity", "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemEntry:
    """A thing as typed; `resource_id` is the bookable resource in which it is a seat."""

    centre_id: UUID
    kind: str
    name: str
    note: str = ""
    resource_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RepairEntry:
    """What was done; `cost_cents` is None where nobody knows the price."""

    done_on: date
    work: str
    by: str = ""
    cost_cents: int | None = None
    works_now: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedItems:
    """What a list is narrowed by; without a state it leaves out what was written off."""

    words: str = ""
    state: str = ""
    centre_id: UUID | None = None


def found_items(wanted: WantedItems) -> Select[InventoryItem]:
    """By number, by words of name or note; in the order of their numbers."""
    rows = select(InventoryItem).order_by(InventoryItem.number)
    if wanted.words:
        like = f"%{_literal(wanted.words)}%"
        by_text = InventoryItem.name.ilike(like), InventoryItem.note.ilike(like)
        digits = wanted.words.lstrip("№ ").strip()
        is_number = digits.isascii() and digits.isdigit() and len(digits) < 9
        by_number = [InventoryItem.number == int(digits)] if is_number else []
        rows = rows.where(or_(*by_text, *by_number))
    if wanted.centre_id:
        rows = rows.where(InventoryItem.centre_id == wanted.centre_id)
    if wanted.state in ITEM_STATES:
        return rows.where(InventoryItem.state == wanted.state)
    return rows.where(InventoryItem.state != WRITTEN_OFF)


def item_of(uow: UnitOfWork, item_id: UUID, *, to_change: bool = False) -> InventoryItem:
    """`to_change` makes others wait. Raises NoSuchInventoryItem."""
    wanted = select(InventoryItem).where(InventoryItem.id == item_id)
    wanted = wanted.with_for_update() if to_change else wanted
    found = uow.session.scalar(wanted.execution_options(populate_existing=to_change))
    if found is None:
        raise NoSuchInventoryItem
    return found


def repairs_of(uow: UnitOfWork, item: InventoryItem) -> Sequence[ItemRepair]:
    """The latest first."""
    rows = select(ItemRepair).where(ItemRepair.item_id == item.id)
    return uow.session.scalars(rows.order_by(ItemRepair.done_on.desc(), ItemRepair.id.desc())).all()


def write_item(uow: UnitOfWork, entry: ItemEntry, *, request_id: UUID) -> InventoryItem:
    """A thing with the next number; sent twice it is one. Raises SeatElsewhere, NoSuchResource."""
    by_request = select(InventoryItem).where(InventoryItem.request_id == request_id)
    if first := uow.session.scalar(by_request):
        return first
    _check_seat(uow, entry)
    while True:
        item = InventoryItem(
            **asdict(entry),
            request_id=request_id,
            number=(uow.session.scalar(select(func.max(InventoryItem.number))) or 0) + 1,
            state=WORKS,
            state_since=day_of(uow.now),
            written_at=uow.now,
        )
        try:
            with uow.session.begin_nested():
                uow.session.add(item)
        except IntegrityError:  # another has the number by now, or this is a second click
            if first := uow.session.scalar(by_request):
                return first
        else:
            _tell(uow, ItemWritten, item)
            return item


def change_item(
    uow: UnitOfWork, item: InventoryItem, entry: ItemEntry, *, expected_version: int
) -> None:
    """Raises StaleItem, SeatElsewhere, SeatFixed for the seat of what does not work."""
    if all(getattr(item, name) == value for name, value in asdict(entry).items()):
        return
    expect_version(item, expected_version, StaleItem)
    place = (item.centre_id, item.resource_id)
    if item.state != WORKS and place != (entry.centre_id, entry.resource_id):
        raise SeatFixed
    _check_seat(uow, entry)
    for name, value in asdict(entry).items():
        setattr(item, name, value)
    _tell(uow, ItemEdited, item)


def report_broken(
    uow: UnitOfWork, item: InventoryItem, trouble: str, *, expected_version: int
) -> None:
    """It does not work; its seat takes no more bookings. Raises StaleItem, ItemGone."""
    if (item.state, item.trouble) == (BROKEN, trouble):
        return
    expect_version(item, expected_version, StaleItem)
    if item.state == WRITTEN_OFF:
        raise ItemGone
    if item.state == WORKS:
        item.state_since = day_of(uow.now)
    item.state, item.trouble = BROKEN, trouble
    _close_seat(uow, item)
    _tell(uow, ItemBroken, item)


def write_repair(
    uow: UnitOfWork,
    item: InventoryItem,
    entry: RepairEntry,
    *,
    request_id: UUID,
    expected_version: int,
) -> None:
    """A line of its history; what works again has its seat back. Sent twice it is one.

    Raises StaleItem, ItemGone.
    """
    if uow.session.scalar(select(ItemRepair.id).where(ItemRepair.request_id == request_id)):
        return
    expect_version(item, expected_version, StaleItem)
    if item.state == WRITTEN_OFF:
        raise ItemGone
    repair = ItemRepair(
        request_id=request_id,
        item_id=item.id,
        done_on=entry.done_on,
        trouble=item.trouble,
        work=entry.work,
        by=entry.by,
        cost_cents=entry.cost_cents,
    )
    uow.session.add(repair)
    if entry.works_now and item.state == BROKEN:
        item.state, item.trouble, item.state_since = WORKS, "", day_of(uow.now)
        _open_seat(uow, item)
    _tell(uow, ItemRepaired, item)


def write_off(uow: UnitOfWork, item: InventoryItem, reason: str, *, expected_version: int) -> None:
    """It is no longer there; the row and its number stay. Raises StaleItem."""
    if item.state == WRITTEN_OFF:
        return
    expect_version(item, expected_version, StaleItem)
    item.state, item.reason, item.state_since = WRITTEN_OFF, reason, day_of(uow.now)
    _close_seat(uow, item)
    _tell(uow, ItemWrittenOff, item)


def bring_back(uow: UnitOfWork, item: InventoryItem, *, expected_version: int) -> None:
    """It was written off by mistake. Raises StaleItem."""
    if item.state != WRITTEN_OFF:
        return
    expect_version(item, expected_version, StaleItem)
    item.state, item.reason = (BROKEN if item.trouble else WORKS), ""
    item.state_since = day_of(uow.now)
    if item.state == WORKS:
        _open_seat(uow, item)
    _tell(uow, ItemBroughtBack, item)


def overbooked(uow: UnitOfWork, item: InventoryItem) -> Sequence[datetime]:
    """Times to come at which more people are booked than seats are left. Two queries at most."""
    if not item.seat_out or item.resource_id is None:
        return ()
    resource = resource_of(uow, PART, item.resource_id)
    left = 0 if resource.retired_at else resource.capacity
    rows = select(Slot.starts_at).where(Slot.resource_id == resource.id, Slot.taken > left)
    return uow.session.scalars(rows.where(Slot.starts_at > uow.now).order_by(Slot.starts_at)).all()


def _close_seat(uow: UnitOfWork, item: InventoryItem) -> None:
    """One seat less to book, none where it was the only one. Whoever has booked keeps the time."""
    if item.seat_out or item.resource_id is None:
        return
    resource = resource_of(uow, PART, item.resource_id, to_change=True)
    if resource.retired_at is not None:
        return  # nobody can book it as it is
    if resource.capacity > 1:
        item.seat_out = ONE_LESS
        _resize(uow, resource, resource.capacity - 1)
    else:
        item.seat_out = RETIRED
        resource.retired_at = uow.now
    _tell_citizens(uow, item)


def _open_seat(uow: UnitOfWork, item: InventoryItem) -> None:
    """The seat can be booked again; who waits for one is asked by the job of the bookings."""
    if not item.seat_out or item.resource_id is None:
        return
    resource = resource_of(uow, PART, item.resource_id, to_change=True)
    last = select(InventoryItem).where(
        InventoryItem.resource_id == resource.id, InventoryItem.seat_out == RETIRED
    )
    if item.seat_out == ONE_LESS and (other := uow.session.scalar(last.with_for_update())):
        # All were broken: this one is now the only seat, the other is one less than that.
        other.seat_out, resource.retired_at = ONE_LESS, None
    elif item.seat_out == ONE_LESS:
        _resize(uow, resource, resource.capacity + 1)
    else:
        resource.retired_at = None
    item.seat_out = ""
    _tell_citizens(uow, item)


def _tell_citizens(uow: UnitOfWork, item: InventoryItem) -> None:
    """What can be booked changed, so pages that show it are let go."""
    centre = uow.session.get(Centre, item.centre_id)
    assert centre
    tell(uow, ResourceChanged, centre)


def _resize(uow: UnitOfWork, resource: Resource, capacity: int) -> None:
    resource.capacity = capacity
    coming = update(Slot).where(Slot.resource_id == resource.id, Slot.starts_at > uow.now)
    uow.session.execute(coming.values(capacity=capacity))


def _check_seat(uow: UnitOfWork, entry: ItemEntry) -> None:
    if entry.resource_id is None:
        return
    if resource_of(uow, PART, entry.resource_id).object_id != entry.centre_id:
        raise SeatElsewhere


def _tell(uow: UnitOfWork, fact: type[ItemFact], item: InventoryItem) -> None:
    uow.session.flush()
    uow.emit(fact(subject_id=item.id, number=item.number))


def _literal(words: str) -> str:
    return words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
