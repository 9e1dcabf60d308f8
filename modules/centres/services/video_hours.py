"""Office hours by video: each booked hour has a room of its own, open only around that hour.

No name is told to the video server: one side is „Гражданин“, the other the official by name.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from flask_babel import gettext
from sqlalchemy import Select

from obshto.modules.centres.errors import NotAtThisHour
from obshto.modules.centres.services.kinds import BY_VIDEO, PART
from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.bookings.queries import ends_of, found
from obshto.platform.bookings.states import BOOKED
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.video.access_tokens import join_token
from obshto.platform.video.rooms import RoomMember

EARLY = timedelta(minutes=15)
OVERRUN = timedelta(minutes=30)  # a talk is not cut short
LONGEST = timedelta(hours=12)


def is_by_video(booking: Booking) -> bool:
    """Whether there is a room to go to at all."""
    return booking.manner == BY_VIDEO and booking.state == BOOKED


def opens_at(booking: Booking) -> datetime:
    """From when on people are let in."""
    return booking.slot.starts_at - EARLY


def is_open(uow: UnitOfWork, booking: Booking, ends_at: datetime) -> bool:
    """Whether people are let in now."""
    return is_by_video(booking) and opens_at(booking) <= uow.now < ends_at + OVERRUN


def coming(uow: UnitOfWork) -> Select[Booking]:
    """Hours by video that are not over, the next first. Who comes stays encrypted."""
    rows = found(PART, state=BOOKED, coming=uow.now - LONGEST)
    return rows.where(Booking.manner == BY_VIDEO, Slot.ends_at > uow.now - OVERRUN)


def citizen_token(uow: UnitOfWork, booking: Booking) -> str:
    """For who booked. Raises NotAtThisHour, VideoAway."""
    return _token(uow, booking, RoomMember(identity="booker", name=gettext("Гражданин")))


def official_token(uow: UnitOfWork, booking: Booking) -> str:
    """For who receives them. Raises NotAtThisHour, VideoAway."""
    me = uow.principal
    return _token(uow, booking, RoomMember(identity=f"host-{me.person_id}", name=me.name))


def _token(uow: UnitOfWork, booking: Booking, member: RoomMember) -> str:
    if not is_open(uow, booking, ends_of(uow, [booking])[booking.group_id]):
        raise NotAtThisHour
    # One server serves all municipalities: no two of them have a room of the same name.
    room = f"{uow.scope.slug}.{PART}.{booking.id}"
    return join_token(room, replace(member, may_speak=True))
