"""Domain events of bookings. None is public, none says who the person is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from flask_babel import LazyString, lazy_gettext

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class BookingFact(DomainEvent):
    """The booking and whose resource it is of."""

    subject_id: UUID
    part: str


class BookingMade(BookingFact):
    name: ClassVar[str] = "bookings:booking.made"
    label: ClassVar[LazyString] = lazy_gettext("Запазен час")


class BookingQueued(BookingFact):
    name: ClassVar[str] = "bookings:booking.queued"
    label: ClassVar[LazyString] = lazy_gettext("Записване в списък на чакащите")


class BookingMoved(BookingFact):
    name: ClassVar[str] = "bookings:booking.moved"
    label: ClassVar[LazyString] = lazy_gettext("Преместен запазен час")


class BookingCancelled(BookingFact):
    name: ClassVar[str] = "bookings:booking.cancelled"
    label: ClassVar[LazyString] = lazy_gettext("Отменен запазен час")


class BookingCalledOff(BookingFact):
    """Not by the person, nor at their word: nobody has told them yet."""

    name: ClassVar[str] = "bookings:booking.called-off"
    label: ClassVar[LazyString] = lazy_gettext("Запазен час, отменен от общината")


class BookingOffered(BookingFact):
    name: ClassVar[str] = "bookings:booking.offered"
    label: ClassVar[LazyString] = lazy_gettext("Предложен освободен час")


class OfferLapsed(BookingFact):
    name: ClassVar[str] = "bookings:offer.lapsed"
    label: ClassVar[LazyString] = lazy_gettext("Изтекло предложение за час")


class BookingDue(BookingFact):
    name: ClassVar[str] = "bookings:booking.due"
    label: ClassVar[LazyString] = lazy_gettext("Напомняне за запазен час")


class BookingAttended(BookingFact):
    name: ClassVar[str] = "bookings:booking.attended"
    label: ClassVar[LazyString] = lazy_gettext("Отбелязано посещение")


class BookingAgreed(BookingFact):
    """Staff wrote, or wrote anew, what was agreed."""

    name: ClassVar[str] = "bookings:booking.agreed"
    label: ClassVar[LazyString] = lazy_gettext("Записано какво се уговори")


class BookingCallEnded(BookingFact):
    """Somebody of the staff called about a booking, or put the call back."""

    name: ClassVar[str] = "bookings:call.ended"
    label: ClassVar[LazyString] = lazy_gettext("Обаждане за запазен час")


class BookersLookedAt(BookingFact):
    """One fact of an act, however many bookings were opened; `subject_id` is the first."""

    name: ClassVar[str] = "bookings:booker.looked-at"
    label: ClassVar[LazyString] = lazy_gettext("Преглед на имена в запазени часове")


@dataclass(frozen=True, kw_only=True)
class CalendarAddressMade(DomainEvent):
    """Made or made anew; nothing says whose."""

    name: ClassVar[str] = "bookings:calendar.address-made"
    label: ClassVar[LazyString] = lazy_gettext("Нов адрес на календар със запазени часове")

    subject_id: UUID  # of the address


EVENTS = (
    *(BookingMade, BookingQueued, BookingMoved, BookingCancelled, BookingCalledOff),
    *(BookingOffered, OfferLapsed, BookingDue, BookingAttended, BookingCallEnded),
    *(BookersLookedAt, BookingAgreed, CalendarAddressMade),
)
