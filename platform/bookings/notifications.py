"""Letters of bookings: taken, moved, cancelled, offered, near."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import LazyString, gettext, lazy_gettext

from obshto.platform.bookings import events
from obshto.platform.bookings.calls import owing_call
from obshto.platform.bookings.codes import code_of
from obshto.platform.bookings.kinds import BookingKind, LetterWords, kind_of
from obshto.platform.bookings.models import Booking
from obshto.platform.bookings.queries import booking_told
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import clock, day, short_day, weekday
from obshto.platform.web.language import stop_once

Fact = Mapping[str, Any]
Letter = tuple[str, str]


def reader(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The account it was booked from, else the address or the phone left in it, or nobody."""
    return reader_of(booking_told(uow, UUID(fact["subject_id"])))


def reader_of(booking: Booking, *, until: datetime | None = None) -> Collection[UUID | Address]:
    """The same of a booking at hand, for letters of its part.

    With `until` staff call, until then, who cannot be written to.
    """
    if booking.person_id:
        return [booking.person_id]
    if not (booking.email or booking.phone):
        return []
    email, phone = booking.email or "", booking.phone or ""
    call = owing_call(booking, until) if until else None
    return [Address(None, booking.name, email, booking.language, phone, unreached=call)]


def reader_or_call(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The same, of what nobody has told them yet: until the offer lapses, the time begins."""
    booking = booking_told(uow, UUID(fact["subject_id"]))
    return reader_of(booking, until=booking.offered_until or booking.slot.starts_at)


def reader_by_letter(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The same without phones: who books has just read it, and a number may be another's."""
    return [one for one in reader(uow, fact) if isinstance(one, UUID) or one.email]


def made(uow: UnitOfWork, fact: Fact) -> Letter:
    """That a time is taken."""
    booking, words = _of(uow, fact)
    return _told(uow, booking, words.made)


def queued(uow: UnitOfWork, fact: Fact) -> Letter:
    """That they stand in line."""
    booking, _ = _of(uow, fact)
    return _told(uow, booking, _QUEUED, gettext("Ако се освободи, ще Ви пишем."))


def moved(uow: UnitOfWork, fact: Fact) -> Letter:
    """When it is now."""
    booking, words = _of(uow, fact)
    return _told(uow, booking, words.moved)


def cancelled(uow: UnitOfWork, fact: Fact) -> Letter:
    """That it is off."""
    booking, words = _of(uow, fact)
    return _told(uow, booking, words.cancelled)


def offered(uow: UnitOfWork, fact: Fact) -> Letter | None:
    """That a seat is free for them, until when. Nothing where it was taken or has lapsed."""
    booking, _ = _of(uow, fact)
    if booking.offered_until is None:
        return None
    until = f"{short_day(booking.offered_until)}, {clock(booking.offered_until)}"
    return _told(uow, booking, _OFFERED, gettext("Пазим го за Вас до: %(until)s", until=until))


def offered_shortly(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """The same by SMS. Until when it is held and whom to call are never cut off."""
    booking, _ = _of(uow, fact)
    assert booking.offered_until
    until = f"{short_day(booking.offered_until)}, {clock(booking.offered_until)}"
    held = gettext("Пазим го до %(until)s", until=until)
    return _subject(booking, _OFFERED), f" {stop_once(held)}{_phone_of(uow, booking)}"


def lapsed(uow: UnitOfWork, fact: Fact) -> Letter:
    """That the seat went to the next."""
    booking, words = _of(uow, fact)
    return _told(uow, booking, words.lapsed)


def due(uow: UnitOfWork, fact: Fact) -> Letter:
    """That the time is near."""
    booking, words = _of(uow, fact)
    return _told(uow, booking, words.due)


def due_shortly(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """The same by SMS, with the place and whom to call."""
    booking, words = _of(uow, fact)
    resource = booking.slot.resource
    place = kind_of(resource).describe(uow, resource).place
    return f"{_subject(booking, words.due)} {place}", _phone_of(uow, booking)


def agreed(uow: UnitOfWork, fact: Fact) -> Letter:
    """Letter: something was agreed. The words stand on the page of the hour alone."""
    booking, _ = _of(uow, fact)
    return _told(uow, booking, _AGREED)


def agreed_shortly(uow: UnitOfWork, fact: Fact) -> tuple[str, str]:
    """The same by SMS, with whom to call: they will read it out."""
    booking, _ = _of(uow, fact)
    return _subject(booking, _AGREED), _phone_of(uow, booking)


def _of(uow: UnitOfWork, fact: Fact) -> tuple[Booking, LetterWords]:
    booking = booking_told(uow, UUID(fact["subject_id"]))
    return booking, kind_of(booking.slot.resource).words


def _told(uow: UnitOfWork, booking: Booking, subject: LazyString, more: str = "") -> Letter:
    """A subject that alone is enough for an SMS; what, where, whom to call, the page."""
    resource, at = booking.slot.resource, booking.slot.starts_at
    kind = kind_of(resource)
    told = kind.describe(uow, resource)
    ref = str(booking.id) if booking.person_id else code_of(booking.request_id)
    address = f"{uow.scope.address}{kind.page.format(ref=ref)}"
    return worded(
        _subject(booking, subject),
        f"{told.what}, {told.place}: {weekday(at)}, {day(at)}, {clock(at)}",
        gettext("Избрахте: %(manner)s", manner=kind.manners[booking.manner])
        if booking.manner in kind.manners
        else "",
        _asked_for(kind, booking),
        more,
        str(kind.words.way) % {"address": address},
        gettext("Или се обадете: %(phone)s", phone=told.phone) if told.phone else "",
        str(kind.words.why),
    )


def _subject(booking: Booking, subject: LazyString) -> str:
    at = booking.slot.starts_at
    return stop_once(str(subject) % {"when": f"{short_day(at)}, {clock(at)}"})


def _phone_of(uow: UnitOfWork, booking: Booking) -> str:
    """„ Тел. 0933 12345“; nothing where nobody answers one."""
    resource = booking.slot.resource
    phone = kind_of(resource).describe(uow, resource).phone
    return " " + gettext("Тел. %(phone)s", phone=phone) if phone else ""


def _asked_for(kind: BookingKind, booking: Booking) -> str:
    words = [str(kind.equipment[it]) for it in booking.equipment_words if it in kind.equipment]
    return gettext("Поискахте: %(things)s", things=", ".join(words)) if words else ""


_QUEUED = lazy_gettext("Чакате място: %(when)s")
_OFFERED = lazy_gettext("Свободно е: %(when)s. Потвърдете го.")
_AGREED = lazy_gettext("Записахме какво се уговори: %(when)s")
_MINE = lazy_gettext("Новина по мой запазен час")
NOTIFICATIONS = (
    Notification(fact=events.BookingMade, title=_MINE, to=reader_by_letter, letter=made),
    Notification(fact=events.BookingQueued, title=_MINE, to=reader_by_letter, letter=queued),
    Notification(fact=events.BookingMoved, title=_MINE, to=reader, letter=moved),
    Notification(
        fact=events.BookingAgreed, title=_MINE, to=reader, letter=agreed, short=agreed_shortly
    ),
    Notification(fact=events.BookingCancelled, title=_MINE, to=reader, letter=cancelled),
    Notification(fact=events.BookingCalledOff, title=_MINE, to=reader_or_call, letter=cancelled),
    Notification(fact=events.OfferLapsed, title=_MINE, to=reader_by_letter, letter=lapsed),
    Notification(
        fact=events.BookingOffered,
        title=lazy_gettext("Освободи се място, което чакам"),
        to=reader_or_call,
        letter=offered,
        short=offered_shortly,
    ),
    Notification(
        fact=events.BookingDue,
        title=lazy_gettext("Напомняне за запазен час"),
        to=reader_or_call,
        letter=due,
        short=due_shortly,
    ),
)
