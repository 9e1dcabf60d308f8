"""Secret addresses of calendars: one's own bookings, the taken times of a resource, without names.

A calendar program can't sign in, so whoever has the address reads it. It is made anew with one
press, and the one before opens nothing any more.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import contains_eager

from obshto.platform.bookings.calendar_file import calendar_of, entry_of
from obshto.platform.bookings.errors import NoSuchCalendar, StaleCalendar
from obshto.platform.bookings.events import CalendarAddressMade
from obshto.platform.bookings.models import Booking, CalendarAddress, Resource, Slot
from obshto.platform.bookings.queries import HEAD, ends_of, without_booker
from obshto.platform.calendar.icalendar_writer import write_calendar
from obshto.platform.db.base import new_id
from obshto.platform.keys.derived_token import derived_token
from obshto.platform.modularity.registry import components_here
from obshto.platform.unit_of_work import UnitOfWork

LABEL = "bookings_calendar.token_hash"
SHOWN = timedelta(days=30)  # after its time, so that a program still learns what was cancelled
MOST = 200  # bookings of a person in one file


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarOwner:
    """Whose calendar: a person's or a resource's."""

    person_id: UUID | None = None
    resource_id: UUID | None = None


def address_of(uow: UnitOfWork, owner: CalendarOwner) -> CalendarAddress | None:
    """The address, once somebody has asked for it. One query."""
    return uow.session.scalar(select(CalendarAddress).where(_is_of(owner)))


def renew_address(
    uow: UnitOfWork, owner: CalendarOwner, *, expected_version: int
) -> CalendarAddress:
    """The first one, for `expected_version` 0, or another that ends it. Twice is once.

    Raises StaleCalendar.
    """
    wanted = select(CalendarAddress).where(_is_of(owner)).with_for_update()
    row = uow.session.scalar(wanted)
    turn = row.turn if row else 0
    if row and turn == expected_version + 1:
        return row
    if turn != expected_version:
        raise StaleCalendar
    if row is None:
        row = CalendarAddress(
            id=new_id(), turn=0, person_id=owner.person_id, resource_id=owner.resource_id
        )
    row.turn += 1
    row.token_hash = _hash_of(token_of(row))
    try:
        with uow.session.begin_nested():
            uow.session.add(row)
    except IntegrityError:  # the first one, asked for in the same instant
        return uow.session.scalars(wanted).one()
    uow.emit(CalendarAddressMade(subject_id=row.id))
    return row


def token_of(row: CalendarAddress) -> str:
    """What stands in the address."""
    return derived_token(LABEL, f"{row.id.hex}.{row.turn}")


def calendar_at(uow: UnitOfWork, token: str, *, language: str, page: str) -> bytes:
    """The file behind an address; `page` is the portal's. Raises NoSuchCalendar."""
    wanted = select(CalendarAddress).where(CalendarAddress.token_hash == _hash_of(token))
    row = uow.session.scalar(wanted)
    if row is None:
        raise NoSuchCalendar
    if row.person_id:
        return _own_calendar(uow, row.person_id, language=language, page=page)
    resource = uow.session.get_one(Resource, row.resource_id)
    return calendar_of(uow, resource, language=language)


def forget_addresses(uow: UnitOfWork, person_id: UUID) -> None:
    """A person's address opens nothing any more."""
    uow.session.execute(delete(CalendarAddress).where(CalendarAddress.person_id == person_id))


def _own_calendar(uow: UnitOfWork, person_id: UUID, *, language: str, page: str) -> bytes:
    """All that the person booked, of whatever part, past its time by a month at most."""
    here = [part.slug for part in components_here()]
    rows = select(Booking).join(Booking.slot).join(Slot.resource)
    rows = rows.options(contains_eager(Booking.slot).contains_eager(Slot.resource))
    own = without_booker(rows).where(Booking.person_id == person_id, HEAD, Resource.part.in_(here))
    recent = own.where(Slot.ends_at > uow.now - SHOWN).order_by(Slot.starts_at, Booking.id)
    found = uow.session.scalars(recent.limit(MOST)).all()
    ends = ends_of(uow, found)
    entries = [entry_of(uow, one, ends[one.id], page=page) for one in found]
    return write_calendar(gettext("Моите запазени часове"), entries, language=language)


def _is_of(owner: CalendarOwner) -> ColumnElement[bool]:
    if owner.person_id:
        return CalendarAddress.person_id == owner.person_id
    return CalendarAddress.resource_id == owner.resource_id


def _hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
