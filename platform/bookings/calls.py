"""Calls to bookers: a table of their own, the desk that each part with bookings has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import contains_eager, defer

from obshto.platform.bookings.access_log import look_at, looked_at, usable
from obshto.platform.bookings.events import BookingCallEnded
from obshto.platform.bookings.models import Booking, BookingCall, Resource, Slot
from obshto.platform.bookings.queries import BOOKER
from obshto.platform.bookings.states import COLOURS, STATES
from obshto.platform.calls.desk import CallDesk, Callee
from obshto.platform.calls.services import owe_call, void_calls
from obshto.platform.unit_of_work import UnitOfWork


def owing_call(booking: Booking, until: datetime) -> Callable[[UnitOfWork, UUID, str], None]:
    """What a letter does that does not reach the booker."""
    return partial(owe_call, model=BookingCall, until=until, booking_id=booking.id)


def calls_about(uow: UnitOfWork, booking: Booking) -> Sequence[BookingCall]:
    """All about one booking, the newest first. One query."""
    rows = select(BookingCall).where(BookingCall.booking_id == booking.id)
    return uow.session.scalars(rows.order_by(BookingCall.owed_at.desc(), BookingCall.id)).all()


def void_booking_calls(uow: UnitOfWork, booking_id: UUID) -> None:
    """What was to be said is so no more: the seat was taken, moved, given back."""
    void_calls(uow, BookingCall, BookingCall.booking_id == booking_id)


def _every(uow: UnitOfWork) -> ColumnElement[bool]:
    return true()


@dataclass(frozen=True, kw_only=True)
class BookingCallDesk(CallDesk[BookingCall]):
    """Whose bookings, who calls; `mine` narrows the calls to those that somebody may make.

    The console of the part has a page „one“ of a booking.
    """

    model: type[BookingCall] = BookingCall
    waits: LazyString = lazy_gettext("Който ще дойде, идва тук един работен ден преди часа.")
    mine: Callable[[UnitOfWork], ColumnElement[bool]] = _every

    def rows(self, uow: UnitOfWork) -> Select[BookingCall]:
        rows = select(BookingCall).join(BookingCall.booking).join(Booking.slot).join(Slot.resource)
        to_booking = contains_eager(BookingCall.booking)
        to_resource = to_booking.contains_eager(Booking.slot).contains_eager(Slot.resource)
        hidden = (to_booking.options(defer(column)) for column in BOOKER)
        rows = rows.options(to_resource, *hidden)
        return rows.where(Resource.part == self.part, self.mine(uow))

    def callees(self, uow: UnitOfWork, calls: Sequence[BookingCall]) -> Mapping[UUID, Callee]:
        opened = looked_at(uow, [call.booking for call in calls])
        return {call.id: self._callee(call.booking, opened) for call in calls}

    def look(self, uow: UnitOfWork, call: BookingCall) -> None:
        look_at(uow, self.part, [usable(uow, call.booking)], "contact")

    def tell_ended(self, uow: UnitOfWork, call: BookingCall) -> None:
        uow.emit(BookingCallEnded(subject_id=call.booking_id, part=self.part))

    def _callee(self, booking: Booking, opened: frozenset[UUID]) -> Callee:
        is_opened = booking.id in opened
        return Callee(
            endpoint=f"{self.part}_console.one",
            arguments={"booking_id": booking.id},
            about=booking.slot.resource.name,
            state=(str(STATES[booking.state]), COLOURS[booking.state]),
            is_opened=is_opened,
            is_emptied=booking.is_emptied,
            name=booking.name if is_opened else "",
            phone=(booking.phone or "") if is_opened else "",
        )
