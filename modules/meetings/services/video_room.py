"""Room of a meeting: opened and closed by who leads, over with the meeting; the way into it.

The rows here say who may do what; the video server is told, and told again by `synchronize`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, update

from obshto.modules.meetings.errors import NoRoom, RoomNotOpen, RoomOver
from obshto.modules.meetings.events import RoomClosed, RoomOpened
from obshto.modules.meetings.models import Meeting, MeetingRoom, RoomParticipant
from obshto.modules.meetings.services.kinds import KINDS
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.video.access_tokens import asking_video, join_token
from obshto.platform.video.rooms import RoomMember, video_rooms

EARLY = timedelta(hours=1)  # before the beginning people may wait at the door
OVERRUN = timedelta(hours=1)  # after the planned end the room closes by itself
HOST = "host-"  # how the identity of staff begins


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """How somebody joins from afar: our room, a link, a telephone number with its code."""

    has_room: bool = False
    has_server: bool = False  # without one the picture is at the organiser's link
    link: str = ""
    phone: str = ""


def way_in(meeting: Meeting) -> WayIn:
    """As the organiser planned it, for who said that they come. Our room wins over a link."""
    link = "" if meeting.has_room else meeting.video_link
    return replace(_room_in(meeting), link=link, phone=meeting.phone_bridge)


def open_way_in(meeting: Meeting) -> WayIn:
    """For everybody: of a meeting that is live by law all of it, of any other our room alone.

    Beside the picture of our room the link of such a meeting is a stream on another site.
    """
    if not KINDS[meeting.kind].is_live:
        return _room_in(meeting)
    told = way_in(meeting)
    return replace(told, link=meeting.video_link) if told.has_server else told


def _room_in(meeting: Meeting) -> WayIn:
    has_server = meeting.has_room and bool(video_rooms().address)
    return WayIn(has_room=meeting.has_room, has_server=has_server)


def closes_at(meeting: Meeting) -> datetime:
    """When nobody is in the room any more, whatever its moderator does."""
    return meeting.ends_at + OVERRUN


def room_of(uow: UnitOfWork, meeting: Meeting) -> MeetingRoom | None:
    """The room since it was first opened; it may be closed by now. Raises NoRoom."""
    if not (meeting.has_room and meeting.is_published):
        raise NoRoom
    return uow.session.get(MeetingRoom, meeting.id)


def open_room_of(uow: UnitOfWork, meeting: Meeting) -> MeetingRoom:
    """The room while it is open. Raises NoRoom, RoomNotOpen."""
    found = room_of(uow, meeting)
    if found is None or found.closed_at or is_over(uow, meeting):
        raise RoomNotOpen
    return found


def is_over(uow: UnitOfWork, meeting: Meeting) -> bool:
    """Nobody enters any more."""
    return bool(meeting.cancelled_at) or closes_at(meeting) <= uow.now


def open_room(
    uow: UnitOfWork, meeting: Meeting, *, has_waiting_room: bool, minutes: int
) -> MeetingRoom:
    """Let people in, or change how. Without a waiting room all who wait are in at once.

    The meeting is locked. A session that is live by law has no waiting room. Raises NoRoom,
    RoomOver, VideoAway.
    """
    room = room_of(uow, meeting)
    if is_over(uow, meeting):
        raise RoomOver
    if room is None:
        room = MeetingRoom(meeting_id=meeting.id, opened_at=uow.now)
        uow.session.add(room)
    is_opened = room.closed_at is not None or room.has_waiting_room is None
    room.closed_at = None
    room.has_waiting_room = has_waiting_room and not KINDS[meeting.kind].is_live
    room.minutes = minutes
    if not room.has_waiting_room:
        waiting = (RoomParticipant.admitted_at.is_(None), RoomParticipant.left_at.is_(None))
        rows = update(RoomParticipant).where(RoomParticipant.meeting_id == meeting.id, *waiting)
        uow.session.execute(rows.values(admitted_at=uow.now))
    if is_opened:
        room.opened_at = uow.now
        uow.emit(RoomOpened(subject_id=meeting.id, meeting_id=meeting.id))
    uow.session.flush()
    with asking_video():
        video_rooms().open_room(room_name(uow, meeting.id))
    return room


def close_room(uow: UnitOfWork, meeting_id: UUID) -> None:
    """Everybody leaves, their names are forgotten. The meeting is locked. Raises VideoAway."""
    room = uow.session.get(MeetingRoom, meeting_id)
    if room is None or room.closed_at:
        return
    room.closed_at = uow.now
    _forget_names(uow, RoomParticipant.meeting_id == meeting_id)
    uow.emit(RoomClosed(subject_id=meeting_id, meeting_id=meeting_id))
    uow.session.flush()
    with asking_video():
        video_rooms().close_room(room_name(uow, meeting_id))


def close_ended_rooms(uow: UnitOfWork) -> None:
    """Job: rooms end with their meetings: an hour after the planned end, or when called off.

    So do the names of who waited at a door that nobody opened, or came to one that was closed.
    """
    over = or_(
        Meeting.ends_at <= uow.now - OVERRUN,
        Meeting.cancelled_at.is_not(None),
        Meeting.published_at.is_(None),
        Meeting.has_room.is_(False),
    )
    rows = (
        select(Meeting)
        .join(MeetingRoom, MeetingRoom.meeting_id == Meeting.id)
        .where(MeetingRoom.closed_at.is_(None), over)
        .with_for_update(of=Meeting)
    )
    for meeting in uow.session.scalars(rows).all():
        close_room(uow, meeting.id)
    named = RoomParticipant.shown_name != ""
    _forget_names(uow, named, RoomParticipant.meeting_id.in_(select(Meeting.id).where(over)))


def host_token(uow: UnitOfWork, meeting: Meeting) -> str:
    """For who leads: they speak without being called. Raises NoRoom, RoomNotOpen, VideoAway."""
    open_room_of(uow, meeting)
    identity = f"{HOST}{uow.principal.person_id}"
    member = RoomMember(identity=identity, name=uow.principal.name, may_speak=True)
    return token_for(uow, meeting.id, member)


def token_for(uow: UnitOfWork, meeting_id: UUID, member: RoomMember) -> str:
    """A token of the room of a meeting. Raises VideoAway."""
    return join_token(room_name(uow, meeting_id), member)


def room_name(uow: UnitOfWork, meeting_id: UUID) -> str:
    """One server serves all municipalities: no two of them have a room of the same name."""
    return f"{uow.scope.slug}.meetings.{meeting_id}"


def _forget_names(uow: UnitOfWork, *conditions: ColumnElement[bool]) -> None:
    """Who they were is forgotten, and that they wait for anything."""
    gone = {"shown_name": "", "hand_at": None, "called_at": None, "speaks_until": None}
    left = func.coalesce(RoomParticipant.left_at, uow.now)
    rows = update(RoomParticipant).where(*conditions)
    uow.session.execute(rows.values(left_at=left, **gone))
