"""Call list: what staff say by phone to bookers whom neither a letter nor an SMS reaches.

A letter that finds only a landline, or a phone where no SMS is sent, owes a call. Who called, when
and with what result stands on its row; it leaves the list when it is said, or when it is too late.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import contains_eager, defer

from obshto.platform.bookings.errors import NoSuchBookingCall, StaleBookingCall
from obshto.platform.bookings.events import BookingCallEnded
from obshto.platform.bookings.models import Booking, BookingCall, Resource, Slot
from obshto.platform.bookings.queries import BOOKER
from obshto.platform.bookings.states import CALLED, OWED, TO_CALL, VOID
from obshto.platform.db.base import new_id
from obshto.platform.modularity.todo import Todo, TodoKind
from obshto.platform.permissions import Permission
from obshto.platform.unit_of_work import UnitOfWork


def owe_call(
    uow: UnitOfWork, cause: UUID, words: str, *, booking_id: UUID, until: datetime
) -> None:
    """One call for each letter, however often it is tried; none where it is too late already."""
    if until <= uow.now:
        return
    row = {
        **{"id": new_id(), "booking_id": booking_id, "cause": cause, "words": words},
        **{"until": until, "owed_at": uow.now, "state": OWED, "version": 1},
    }
    uow.session.execute(insert(BookingCall).values(row).on_conflict_do_nothing())


def calls_of(part: str) -> Select[BookingCall]:
    """Calls of a part with booking, slot and resource; who it is stays encrypted."""
    rows = select(BookingCall).join(BookingCall.booking).join(Booking.slot).join(Slot.resource)
    to_booking = contains_eager(BookingCall.booking)
    to_resource = to_booking.contains_eager(Booking.slot).contains_eager(Slot.resource)
    hidden = (to_booking.options(defer(column)) for column in BOOKER)
    return rows.options(to_resource, *hidden).where(Resource.part == part)


def owed_calls(uow: UnitOfWork, part: str) -> Select[BookingCall]:
    """Whom to call now, the most pressing first."""
    rows = calls_of(part).where(BookingCall.state.in_(TO_CALL), BookingCall.until > uow.now)
    return rows.order_by(BookingCall.until, BookingCall.id)


def ended_calls(part: str) -> Select[BookingCall]:
    """Those that were made, the last first."""
    rows = calls_of(part).where(BookingCall.state.in_(CALLED))
    return rows.order_by(BookingCall.called_at.desc(), BookingCall.id)


def calls_about(uow: UnitOfWork, booking: Booking) -> Sequence[BookingCall]:
    """All about one booking, the newest first. One query."""
    rows = select(BookingCall).where(BookingCall.booking_id == booking.id)
    return uow.session.scalars(rows.order_by(BookingCall.owed_at.desc(), BookingCall.id)).all()


def call_of(
    uow: UnitOfWork, rows: Select[BookingCall], call_id: UUID, *, to_change: bool = False
) -> BookingCall:
    """One among the calls that somebody may make. Raises NoSuchBookingCall."""
    wanted = rows.where(BookingCall.id == call_id)
    if to_change:
        wanted = wanted.with_for_update(of=BookingCall)
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchBookingCall
    return found


def end_call(
    uow: UnitOfWork, call: BookingCall, part: str, result: str, *, expected_version: int
) -> None:
    """What came of it; „again“ puts it back. The call is locked. Raises StaleBookingCall."""
    me = uow.principal
    if call.version == expected_version + 1 and (call.state, call.caller_id) == (
        result,
        me.person_id,
    ):
        return  # the same form, sent twice
    refuse_stale(call, expected_version)
    call.state, call.called_at = result, uow.now
    call.caller_id, call.caller = me.person_id, me.name
    uow.session.flush()
    uow.emit(BookingCallEnded(subject_id=call.booking_id, part=part))


def refuse_stale(call: BookingCall, expected_version: int) -> None:
    """Raises StaleBookingCall: somebody called meanwhile, or there is nothing to say any more."""
    if call.version != expected_version or call.state == VOID:
        raise StaleBookingCall


def void_calls(uow: UnitOfWork, booking_id: UUID) -> None:
    """What was to be said is so no more: the seat was taken, moved, given back."""
    owed = update(BookingCall).where(
        BookingCall.booking_id == booking_id, BookingCall.state.in_(TO_CALL)
    )
    uow.session.execute(owed.values(state=VOID, version=BookingCall.version + 1))


def _every(uow: UnitOfWork) -> ColumnElement[bool]:
    return true()


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDesk:
    """Whose bookings, who calls; `mine` narrows the calls to those that somebody may make."""

    part: str
    permission: Permission
    mine: Callable[[UnitOfWork], ColumnElement[bool]] = _every

    def owed(self, uow: UnitOfWork) -> Select[BookingCall]:
        """Whom who asks has to call now."""
        return owed_calls(uow, self.part).where(self.mine(uow))

    def todo(self) -> Todo:
        """The list among the work that waits."""
        return Todo(
            kind=TodoKind.NEW,
            label=_("Кого да потърсим по телефона"),
            permission=self.permission,
            endpoint=f"{self.part}_console.calls",
            rows=self.owed,
        )
