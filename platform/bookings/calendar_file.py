"""iCalendar of bookings: one for the booker's own calendar, all of a resource without names."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext
from sqlalchemy import select

from obshto.platform.bookings.kinds import kind_of
from obshto.platform.bookings.models import Booking, Resource, Slot
from obshto.platform.bookings.states import BOOKED
from obshto.platform.calendar.icalendar_writer import CalendarEntry, write_calendar
from obshto.platform.calendar.recurrence import Recurrence
from obshto.platform.unit_of_work import UnitOfWork


def calendar_of_booking(
    uow: UnitOfWork, booking: Booking, ends_at: datetime, *, language: str, url: str
) -> bytes:
    """One event; a cancelled booking takes it out of the calendar that has it."""
    entry = _entry(uow, booking, ends_at, url=url)
    return write_calendar(entry.title, [entry], language=language)


def entry_of(uow: UnitOfWork, booking: Booking, ends_at: datetime, *, page: str) -> CalendarEntry:
    """A booking among the others of its person; `page` is the address of the portal."""
    where = kind_of(booking.slot.resource).page.format(ref=booking.id)
    return _entry(uow, booking, ends_at, url=f"{page}{where}")


def _entry(uow: UnitOfWork, booking: Booking, ends_at: datetime, *, url: str) -> CalendarEntry:
    resource = booking.slot.resource
    told = kind_of(resource).describe(uow, resource)
    return CalendarEntry(
        uid=booking.id,
        sequence=booking.version,
        changed_at=booking.ended_at or booking.made_at,
        when=Recurrence(starts_at=booking.slot.starts_at, ends_at=ends_at),
        title=told.what,
        text=told.phone,
        location=told.place,
        url=url,
        is_cancelled=booking.state != BOOKED,
    )


def calendar_of(uow: UnitOfWork, resource: Resource, *, language: str) -> bytes:
    """The taken times of a resource to come: how many seats, never whose."""
    told = kind_of(resource).describe(uow, resource)
    rows = select(Slot).where(Slot.resource_id == resource.id, Slot.taken > 0)
    slots = uow.session.scalars(rows.where(Slot.ends_at > uow.now).order_by(Slot.starts_at))
    taken = gettext("заети места")
    entries = [
        CalendarEntry(
            uid=slot.id,
            sequence=slot.taken,
            changed_at=uow.now,
            when=Recurrence(starts_at=slot.starts_at, ends_at=slot.ends_at),
            title=f"{told.what}: {taken} {slot.taken}",
            location=told.place,
        )
        for slot in slots
    ]
    return write_calendar(told.what, entries, language=language)
