"""Equipment to set out: who of those on the board asked for some, what it is once opened."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString

from obshto.modules.centres.services.kinds import EQUIPMENT, PART
from obshto.platform.bookings.access_log import looked_at
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.queries import asking_in_slots, rows_of, without_booker
from obshto.platform.unit_of_work import UnitOfWork


def asked_in(
    uow: UnitOfWork, slot_ids: Collection[UUID]
) -> Mapping[UUID, list[list[LazyString] | None]]:
    """By slot, an item for each who asked: the things, or None while nobody opened their name.

    What was asked for may tell of an illness, so it is read with the name and by a recorded look.
    """
    pairs = asking_in_slots(uow, slot_ids)
    heads = without_booker(rows_of(PART)).where(Booking.id.in_([head for _slot, head in pairs]))
    rows = {one.id: one for one in uow.session.scalars(heads)} if pairs else {}
    opened = looked_at(uow, list(rows.values())) if rows else frozenset()
    found: dict[UUID, list[list[LazyString] | None]] = {}
    for slot_id, head in pairs:
        found.setdefault(slot_id, []).append(named(rows[head]) if head in opened else None)
    return found


def named(booking: Booking) -> list[LazyString]:
    """What was asked for, in the language in force. The name must be open."""
    return [EQUIPMENT[word] for word in booking.equipment_words if word in EQUIPMENT]
