"""Calls to guests of a meeting whom neither a letter nor an SMS tells of a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from flask_babel import LazyString, lazy_gettext
from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from obshto.modules.meetings.events import GuestCallEnded
from obshto.modules.meetings.models import Guest, GuestCall, Meeting
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services.access_log import PART, look_at_guest, opened_guests
from obshto.modules.meetings.services.guests import REACH
from obshto.modules.meetings.services.page_context import when_of
from obshto.modules.meetings.services.queries import titles_of
from obshto.platform.calls.desk import CallDesk, Callee
from obshto.platform.calls.services import owe_call, void_calls
from obshto.platform.unit_of_work import UnitOfWork


def owing_call(guest_id: UUID, until: datetime) -> Callable[[UnitOfWork, UUID, str], None]:
    """What a letter does that does not reach the guest."""
    return partial(owe_call, model=GuestCall, until=until, guest_id=guest_id)


def void_calls_of_meeting(uow: UnitOfWork, meeting_id: UUID) -> None:
    """It was changed again: what was still to be said is so no more."""
    guests = select(Guest.id).where(Guest.meeting_id == meeting_id)
    void_calls(uow, GuestCall, GuestCall.guest_id.in_(guests))


@dataclass(frozen=True, kw_only=True)
class GuestCallDesk(CallDesk[GuestCall]):
    """Whoever works on the list of guests calls."""

    part: str = PART
    permission: MeetingsPermission = MeetingsPermission.REGISTER
    model: type[GuestCall] = GuestCall
    waits: LazyString = lazy_gettext(
        "Който е оставил само домашен телефон, идва тук, когато срещата се промени или наближи."
    )

    def rows(self, uow: UnitOfWork) -> Select[GuestCall]:
        return select(GuestCall)

    def callees(self, uow: UnitOfWork, calls: Sequence[GuestCall]) -> Mapping[UUID, Callee]:
        ids = {call.guest_id for call in calls}
        rows = select(Guest).where(Guest.id.in_(ids)).options(*(defer(one) for one in REACH))
        guests = {guest.id: guest for guest in uow.session.scalars(rows)}
        meetings = titles_of(uow, {guest.meeting_id for guest in guests.values()})
        opened = opened_guests(uow, ids)
        return {
            call.id: _callee(guest, meetings[guest.meeting_id], is_opened=guest.id in opened)
            for call in calls
            if (guest := guests[call.guest_id])
        }

    def look(self, uow: UnitOfWork, call: GuestCall) -> None:
        look_at_guest(uow, uow.session.get_one(Guest, call.guest_id))

    def tell_ended(self, uow: UnitOfWork, call: GuestCall) -> None:
        guest = uow.session.get_one(Guest, call.guest_id, options=[defer(one) for one in REACH])
        uow.emit(GuestCallEnded(subject_id=call.guest_id, meeting_id=guest.meeting_id))


def _callee(guest: Guest, meeting: Meeting, *, is_opened: bool) -> Callee:
    return Callee(
        endpoint="meetings_console.guest_list",
        arguments={"meeting_id": meeting.id},
        about=f"{meeting.title}, {when_of(meeting)}",
        is_opened=is_opened,
        name=guest.name if is_opened else "",
        phone=guest.phone if is_opened else "",
    )


CALL_DESK = GuestCallDesk()
