"""Participants of a room: enter, wait, raise a hand, be called, be muted, be sent out.

Each act says how it shall be; where it is so already nothing happens, so a second press is
harmless. The row changes first and the video server is told before the commit: where that fails,
nothing has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Select, func, select

from obshto.modules.meetings.errors import NoSuchParticipant, RoomNotOpen, RoomOver, RoomTooEarly
from obshto.modules.meetings.events import ParticipantCalled, ParticipantRemoved
from obshto.modules.meetings.models import Meeting, MeetingRoom, RoomParticipant
from obshto.modules.meetings.services.kinds import KINDS
from obshto.modules.meetings.services.video_room import (
    EARLY,
    HOST,
    is_over,
    open_room_of,
    room_name,
    room_of,
    token_for,
)
from obshto.platform.cases import codes
from obshto.platform.db.base import new_id
from obshto.platform.entity import create_once
from obshto.platform.errors import NotAllowed
from obshto.platform.keys.encryption import blind_index
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.video.access_tokens import asking_video
from obshto.platform.video.rooms import Present, RoomMember, video_rooms
from obshto.platform.web.formats import moment

WAITING, LISTENING, HAND, SPEAKING = "waiting", "listening", "hand", "speaking"
REMOVED, CLOSED, EARLIER = "removed", "closed", "earlier"
_DERIVED, _KEPT = "meetings_participant.code", "meetings_participant.code_index"


def enter_room(
    uow: UnitOfWork, meeting: Meeting, name: str, *, request_id: UUID, is_phone: bool = False
) -> RoomParticipant:
    """A place in the room, or before its door. The same `request_id` finds the first.

    Who calls by phone is written in by who leads, with a hand raised. Raises NoRoom, RoomOver,
    RoomTooEarly.
    """
    again = select(RoomParticipant).where(RoomParticipant.request_id == request_id)
    if known := uow.session.scalar(again):
        return known
    room = room_of(uow, meeting)
    if is_over(uow, meeting):
        raise RoomOver
    is_open = room is not None and room.closed_at is None
    if not is_open and uow.now < meeting.starts_at - EARLY:
        raise RoomTooEarly(when=moment(meeting.starts_at - EARLY))
    is_in = is_phone or (room is not None and is_open and not room.has_waiting_room)
    place = RoomParticipant(
        id=new_id(),
        request_id=request_id,
        meeting_id=meeting.id,
        code_index=blind_index(_KEPT, codes.code_of(_DERIVED, request_id)),
        shown_name=name,
        is_phone=is_phone,
        entered_at=uow.now,
        admitted_at=uow.now if is_in else None,
        hand_at=uow.now if is_phone else None,
        reason="",
    )
    if (first := create_once(uow, place)) is not place:
        return first
    return place


def code_of(place: RoomParticipant) -> str:
    """The code in the address of their page: the same for the same request."""
    return codes.code_of(_DERIVED, place.request_id)


def participant_at(uow: UnitOfWork, code: str, *, to_change: bool = False) -> RoomParticipant:
    """By the code of its page. Raises NoSuchParticipant."""
    if len(code) != codes.FOLLOW or codes.digits(code) != code:
        raise NoSuchParticipant
    return _one(uow, RoomParticipant.code_index == blind_index(_KEPT, code), to_change=to_change)


def participant_of(uow: UnitOfWork, meeting: Meeting, participant_id: UUID) -> RoomParticipant:
    """For who leads this meeting; locked. Raises NoSuchParticipant."""
    here = RoomParticipant.meeting_id == meeting.id
    return _one(uow, here, RoomParticipant.id == participant_id, to_change=True)


def state_of(place: RoomParticipant, room: MeetingRoom | None) -> str:
    """Where somebody stands, by what weighs most.

    Closing a room writes down that everybody left it. Place and room are read one after the other,
    so the room may have been closed in between: whoever came before that has left with it.
    """
    left = room and room.closed_at and room.closed_at >= place.entered_at
    told = (
        (REMOVED, place.removed_at),
        (CLOSED, place.left_at or left),
        (EARLIER, room is None or room.closed_at),
        (WAITING, place.admitted_at is None),
        (SPEAKING, place.called_at),
        (HAND, place.hand_at),
    )
    return next((state for state, holds in told if holds), LISTENING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """People of a room by what they wait for, in the order in which they began to."""

    waiting: Sequence[RoomParticipant]
    speaking: Sequence[RoomParticipant]
    hands: Sequence[RoomParticipant]
    listening: Sequence[RoomParticipant]


def queue_of(uow: UnitOfWork, meeting_id: UUID) -> Queue:
    """Who waits, speaks, wants to, listens. One query."""
    rows = uow.session.scalars(_inside(meeting_id).order_by(RoomParticipant.entered_at)).all()
    admitted = [row for row in rows if row.admitted_at]
    asking = [row for row in admitted if row.hand_at and not row.called_at]
    return Queue(
        waiting=[row for row in rows if not row.admitted_at],
        speaking=[row for row in admitted if row.called_at],
        hands=sorted(asking, key=lambda row: row.hand_at or row.entered_at),
        listening=[row for row in admitted if not row.called_at and not row.hand_at],
    )


def joined(uow: UnitOfWork, meeting_id: UUID) -> int:
    """How many were let in by video, over all sittings. One query."""
    let_in = (RoomParticipant.admitted_at.is_not(None), RoomParticipant.is_phone.is_(False))
    rows = select(func.count()).select_from(RoomParticipant)
    return uow.session.scalar(rows.where(RoomParticipant.meeting_id == meeting_id, *let_in)) or 0


def token_of(uow: UnitOfWork, meeting: Meeting, place: RoomParticipant) -> str:
    """A token for who was let in. Raises NoRoom, RoomNotOpen, VideoAway."""
    open_room_of(uow, meeting)
    if not place.admitted_at or place.removed_at or place.left_at or place.is_phone:
        raise RoomNotOpen
    return token_for(uow, meeting.id, member_of(meeting, place))


def member_of(meeting: Meeting, place: RoomParticipant) -> RoomMember:
    """What the video server is told of somebody. Viewers of an open session are not shown."""
    may_speak = place.called_at is not None
    return RoomMember(
        identity=str(place.id),
        name=place.shown_name,
        may_speak=may_speak,
        is_hidden=is_watched(meeting) and not may_speak,
        note=place.speaks_until.isoformat() if place.speaks_until else "",
    )


def is_watched(meeting: Meeting) -> bool:
    """A session that is live by law: people watch it and raise no hands."""
    return KINDS[meeting.kind].is_live


def raise_hand(uow: UnitOfWork, meeting: Meeting, place: RoomParticipant) -> None:
    """They want to speak. Raises NotAllowed for viewers, RoomNotOpen."""
    _check_inside(uow, meeting, place)
    if is_watched(meeting):
        raise NotAllowed
    place.hand_at = place.hand_at or uow.now


def lower_hand(uow: UnitOfWork, meeting: Meeting, place: RoomParticipant) -> None:
    """They do not want to any more."""
    place.hand_at = None


def admit(uow: UnitOfWork, meeting: Meeting, place: RoomParticipant) -> None:
    """Out of the waiting room."""
    place.admitted_at = place.admitted_at or uow.now


def call(uow: UnitOfWork, meeting: Meeting, place: RoomParticipant) -> None:
    """Give the word, for as long as a speaker has. Raises RoomNotOpen, VideoAway."""
    _check_inside(uow, meeting, place)
    if place.called_at:
        return
    minutes = open_room_of(uow, meeting).minutes
    place.called_at, place.hand_at = uow.now, None
    place.speaks_until = uow.now + timedelta(minutes=minutes) if minutes else None
    uow.emit(ParticipantCalled(subject_id=place.id, meeting_id=meeting.id))
    _tell_rights(uow, meeting, place)


def end_turn(uow: UnitOfWork, meeting: Meeting, place: RoomParticipant) -> None:
    """Take the word: camera and microphone go off. Raises VideoAway."""
    if place.called_at:
        place.called_at = place.speaks_until = None
        _tell_rights(uow, meeting, place)


def mute(uow: UnitOfWork, meeting: Meeting, place: RoomParticipant) -> None:
    """Microphone off, word kept. Raises VideoAway."""
    with asking_video():
        video_rooms().mute(room_name(uow, meeting.id), str(place.id))


def remove(uow: UnitOfWork, meeting: Meeting, place: RoomParticipant, *, reason: str) -> None:
    """Send out, for a reason that they read. Raises VideoAway."""
    if place.removed_at:
        return
    place.removed_at, place.reason = uow.now, reason
    place.hand_at = place.called_at = place.speaks_until = None
    uow.emit(ParticipantRemoved(subject_id=place.id, meeting_id=meeting.id))
    uow.session.flush()
    with asking_video():
        video_rooms().remove(room_name(uow, meeting.id), str(place.id))


def synchronize(uow: UnitOfWork, meeting: Meeting, queue: Queue) -> Collection[str]:
    """Who is inside, as the server says; it is told again what it holds otherwise.

    Who was sent out may come back with a token of before, and a server that was away has missed
    what was decided meanwhile: each look of who leads mends both. Raises VideoAway.
    """
    rooms, name = video_rooms(), room_name(uow, meeting.id)
    let_in = {str(row.id): row for row in (*queue.speaking, *queue.hands, *queue.listening)}
    with asking_video():
        inside = rooms.list_present(name)
        for one in inside:
            if not one.identity.startswith(HOST):
                _mend(name, one, let_in.get(one.identity), meeting)
    return {one.identity for one in inside}


def _mend(name: str, one: Present, place: RoomParticipant | None, meeting: Meeting) -> None:
    if place is None:
        video_rooms().remove(name, one.identity)
    elif one.may_speak != (place.called_at is not None):
        video_rooms().set_rights(name, member_of(meeting, place))


def _tell_rights(uow: UnitOfWork, meeting: Meeting, place: RoomParticipant) -> None:
    uow.session.flush()
    if not place.is_phone:
        with asking_video():
            video_rooms().set_rights(room_name(uow, meeting.id), member_of(meeting, place))


def _check_inside(uow: UnitOfWork, meeting: Meeting, place: RoomParticipant) -> None:
    open_room_of(uow, meeting)
    if not place.admitted_at or place.removed_at or place.left_at:
        raise RoomNotOpen


def _inside(meeting_id: UUID) -> Select[RoomParticipant]:
    here = (RoomParticipant.left_at.is_(None), RoomParticipant.removed_at.is_(None))
    return select(RoomParticipant).where(RoomParticipant.meeting_id == meeting_id, *here)


def _one(uow: UnitOfWork, *conditions: object, to_change: bool) -> RoomParticipant:
    wanted = select(RoomParticipant).where(*conditions)  # type: ignore[arg-type]
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchParticipant
    return found
