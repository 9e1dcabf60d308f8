"""Letters of bookings: taken, moved, cancelled, offered, near."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext, lazy_gettext

from obshto.platform.bookings import events
from obshto.platform.bookings.codes import code_of
from obshto.platform.bookings.kinds import kind_of
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.queries import booking_told
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock, day, short_day, weekday

Fact = Mapping[str, Any]
Letter = tuple[str, str]


def reader(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The account it was booked from, else the address or the phone left in it, or nobody."""
    return reader_of(booking_told(uow, UUID(fact["subject_id"])))


def reader_of(booking: Booking) -> Collection[UUID | Address]:
    """The same of a booking at hand, for letters of its part."""
    if booking.person_id:
        return [booking.person_id]
    if not (booking.email or booking.phone):
        return []
    email, phone = booking.email or "", booking.phone or ""
    return [Address(None, booking.name, email, booking.language, phone)]


def reader_by_letter(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The same without phones: who books has just read it, and a number may be another's."""
    return [one for one in reader(uow, fact) if isinstance(one, UUID) or one.email]


def made(uow: UnitOfWork, fact: Fact) -> Letter:
    """That a time is taken."""
    booking = booking_told(uow, UUID(fact["subject_id"]))
    return _told(uow, booking, gettext("Запазен час: %(when)s", when=_short(booking)))


def queued(uow: UnitOfWork, fact: Fact) -> Letter:
    """That they stand in line."""
    booking = booking_told(uow, UUID(fact["subject_id"]))
    subject = gettext("Чакате място: %(when)s", when=_short(booking))
    return _told(uow, booking, subject, gettext("Ако се освободи, ще Ви пишем."))


def moved(uow: UnitOfWork, fact: Fact) -> Letter:
    """When it is now."""
    booking = booking_told(uow, UUID(fact["subject_id"]))
    return _told(uow, booking, gettext("Преместен час: %(when)s", when=_short(booking)))


def cancelled(uow: UnitOfWork, fact: Fact) -> Letter:
    """That it is off."""
    booking = booking_told(uow, UUID(fact["subject_id"]))
    return _told(uow, booking, gettext("Отменен час: %(when)s", when=_short(booking)))


def offered(uow: UnitOfWork, fact: Fact) -> Letter | None:
    """That a seat is free for them, until when. Nothing where it was taken or has lapsed."""
    booking = booking_told(uow, UUID(fact["subject_id"]))
    if booking.offered_until is None:
        return None
    until = f"{short_day(booking.offered_until)}, {clock(booking.offered_until)}"
    subject = gettext("Свободно е: %(when)s. Потвърдете го.", when=_short(booking))
    return _told(uow, booking, subject, gettext("Пазим го за Вас до: %(until)s", until=until))


def lapsed(uow: UnitOfWork, fact: Fact) -> Letter:
    """That the seat went to the next."""
    booking = booking_told(uow, UUID(fact["subject_id"]))
    return _told(uow, booking, gettext("Изтече срокът за часа: %(when)s", when=_short(booking)))


def due(uow: UnitOfWork, fact: Fact) -> Letter:
    """That the time is near."""
    booking = booking_told(uow, UUID(fact["subject_id"]))
    return _told(uow, booking, gettext("Напомняме: имате час %(when)s", when=_short(booking)))


def _told(uow: UnitOfWork, booking: Booking, subject: str, more: str = "") -> Letter:
    """A subject that alone is enough for an SMS; what, where, whom to call, the page."""
    assert uow.scope
    resource = booking.slot.resource
    kind = kind_of(resource)
    told, starts_at = kind.describe(uow, resource), booking.slot.starts_at
    ref = str(booking.id) if booking.person_id else code_of(booking.request_id)
    address = f"{uow.scope.address}{kind.page.format(ref=ref)}"
    return worded(
        subject,
        f"{told.what}, {told.place}: {weekday(starts_at)}, {day(starts_at)}, {clock(starts_at)}",
        more,
        gettext("Вижте, преместете или отменете тук: %(address)s", address=address),
        gettext("Или се обадете: %(phone)s", phone=told.phone) if told.phone else "",
        gettext("Пишем Ви, защото запазихте час."),
    )


def _short(booking: Booking) -> str:
    return f"{short_day(booking.slot.starts_at)}, {clock(booking.slot.starts_at)}"


_MINE = lazy_gettext("Новина по мой запазен час")
NOTIFICATIONS = (
    Notification(fact=events.BookingMade, title=_MINE, to=reader_by_letter, letter=made),
    Notification(fact=events.BookingQueued, title=_MINE, to=reader_by_letter, letter=queued),
    Notification(fact=events.BookingMoved, title=_MINE, to=reader, letter=moved),
    Notification(fact=events.BookingCancelled, title=_MINE, to=reader, letter=cancelled),
    Notification(fact=events.OfferLapsed, title=_MINE, to=reader_by_letter, letter=lapsed),
    Notification(
        fact=events.BookingOffered,
        title=lazy_gettext("Освободи се място, което чакам"),
        to=reader,
        letter=offered,
    ),
    Notification(
        fact=events.BookingDue,
        title=lazy_gettext("Напомняне за запазен час"),
        to=reader,
        letter=due,
    ),
)
