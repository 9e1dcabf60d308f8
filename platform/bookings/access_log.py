"""Looks of staff at names: one act opens a whole day, each booking in it has its look."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from obshto.platform.bookings.events import BookersLookedAt
from obshto.platform.bookings.models import Booking, BookingLook
from obshto.platform.cases.access_log import SITTING
from obshto.platform.db.base import new_id
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE = 200


def looked_at(uow: UnitOfWork, bookings: Sequence[Booking]) -> frozenset[UUID]:
    """Those whose name this member of staff opened in this sitting. One query."""
    if not bookings:
        return frozenset()
    wanted = select(BookingLook.case_id).where(
        BookingLook.case_id.in_([one.id for one in bookings]),
        BookingLook.by_id == uow.principal.person_id,
        BookingLook.at > uow.now - SITTING,
    )
    return frozenset(uow.session.scalars(wanted))


def look_at(uow: UnitOfWork, part: str, bookings: Sequence[Booking], purpose: str) -> None:
    """Open these names for a purpose that each person will read."""
    known = looked_at(uow, bookings)
    new = [one for one in bookings[:AT_ONCE] if one.id not in known]
    uow.session.add_all(
        BookingLook(
            id=new_id(),
            case_id=one.id,
            at=uow.now,
            by_id=uow.principal.person_id,
            by_name=uow.principal.name,
            purpose=purpose,
        )
        for one in new
    )
    if new:
        uow.emit(BookersLookedAt(subject_id=new[0].id, part=part))
