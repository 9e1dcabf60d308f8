"""Straw polls: asked by who leads, answered on the room's page and by hands, counted together.

One is open at a time. Who votes on the page has one vote, which they may change until it is
closed; then only numbers stay. It decides nothing and is forgotten with the guests of the meeting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from obshto.modules.meetings.errors import (
    NoStrawPollNow,
    RoomNotOpen,
    StaleStrawPoll,
    StrawPollClosed,
)
from obshto.modules.meetings.events import StrawPollAsked, StrawPollEnded
from obshto.modules.meetings.models import (
    Meeting,
    MeetingRoom,
    RoomParticipant,
    StrawPoll,
    StrawVote,
)
from obshto.modules.meetings.services.participants import is_watched
from obshto.modules.meetings.services.video_room import EARLY, OVERRUN, is_over
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.unit_of_work import UnitOfWork

FEWEST, MOST_OPTIONS = 2, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class StrawCount:
    """How many are for an option, on the page and by hands."""

    option: str
    online: int
    hands: int

    @property
    def total(self) -> int:
        return self.online + self.hands


def ask_straw_poll(
    uow: UnitOfWork, meeting: Meeting, question: str, options: Sequence[str], *, request_id: UUID
) -> StrawPoll:
    """Ask; the one that was open is closed. Sent twice it is one. The meeting is locked.

    Raises NoStrawPollNow.
    """
    again = select(StrawPoll).where(StrawPoll.request_id == request_id)
    if known := uow.session.scalar(again):
        return known
    room = uow.session.get(MeetingRoom, meeting.id)
    is_early = uow.now < meeting.starts_at - EARLY and (room is None or room.closed_at)
    if is_over(uow, meeting) or is_early:
        raise NoStrawPollNow
    if former := open_straw_poll(uow, meeting.id):
        close_straw_poll(uow, former)
    none = [0] * len(options)
    poll = StrawPoll(
        id=new_id(),
        request_id=request_id,
        meeting_id=meeting.id,
        question=question,
        options=list(options),
        hands=none,
        online=none,
        asked_at=uow.now,
    )
    uow.session.add(poll)
    uow.session.flush()
    uow.emit(StrawPollAsked(subject_id=poll.id, meeting_id=meeting.id))
    return poll


def vote_in_straw_poll(
    uow: UnitOfWork, meeting: Meeting, place: RoomParticipant, poll_id: UUID, choice: int
) -> None:
    """One vote of who is in the room; another one takes its place.

    Raises RoomNotOpen, StrawPollClosed.
    """
    if not may_vote(meeting, place):
        raise RoomNotOpen
    poll = open_straw_poll(uow, meeting.id, to_change=True)
    if poll is None or poll.id != poll_id or not 0 <= choice < len(poll.options):
        raise StrawPollClosed
    row = insert(StrawVote).values(poll_id=poll.id, participant_id=place.id, choice=choice)
    keys = [StrawVote.poll_id, StrawVote.participant_id]
    uow.session.execute(row.on_conflict_do_update(index_elements=keys, set_={"choice": choice}))


def count_hands(
    uow: UnitOfWork, poll: StrawPoll, hands: Sequence[int], *, expected_version: int
) -> None:
    """How many hands were up in the room for each option.

    Raises StrawPollClosed, StaleStrawPoll.
    """
    if poll.hands == list(hands):
        return
    if poll.closed_at:
        raise StrawPollClosed
    expect_version(poll, expected_version, StaleStrawPoll)
    poll.hands = list(hands)


def end_straw_poll(uow: UnitOfWork, poll: StrawPoll, *, expected_version: int) -> None:
    """Who leads closes it as they see it. Raises StaleStrawPoll."""
    if not poll.closed_at and poll.version != expected_version:
        raise StaleStrawPoll
    close_straw_poll(uow, poll)


def close_straw_poll(uow: UnitOfWork, poll: StrawPoll) -> None:
    """Nobody votes any more; of the votes the numbers stay. Twice is once."""
    if poll.closed_at:
        return
    poll.online = _online(uow, poll)
    poll.closed_at = uow.now
    uow.session.execute(delete(StrawVote).where(StrawVote.poll_id == poll.id))
    uow.session.flush()
    uow.emit(StrawPollEnded(subject_id=poll.id, meeting_id=poll.meeting_id))


def close_ended_straw_polls(uow: UnitOfWork) -> None:
    """Job: what nobody closed ends an hour after the planned end of its meeting."""
    over = select(Meeting.id).where(
        or_(Meeting.ends_at <= uow.now - OVERRUN, Meeting.cancelled_at.is_not(None))
    )
    left = select(StrawPoll).where(StrawPoll.closed_at.is_(None), StrawPoll.meeting_id.in_(over))
    for poll in uow.session.scalars(left.with_for_update(skip_locked=True)).all():
        close_straw_poll(uow, poll)


def open_straw_poll(
    uow: UnitOfWork, meeting_id: UUID, *, to_change: bool = False
) -> StrawPoll | None:
    """The one that goes on."""
    wanted = select(StrawPoll).where(
        StrawPoll.meeting_id == meeting_id, StrawPoll.closed_at.is_(None)
    )
    return uow.session.scalar(wanted.with_for_update() if to_change else wanted)


def last_straw_poll(uow: UnitOfWork, meeting_id: UUID) -> StrawPoll | None:
    """The one that goes on, else the latest."""
    wanted = select(StrawPoll).where(StrawPoll.meeting_id == meeting_id)
    order = (StrawPoll.closed_at.desc().nulls_first(), StrawPoll.id.desc())
    return uow.session.scalar(wanted.order_by(*order).limit(1))


def counts_of(uow: UnitOfWork, poll: StrawPoll) -> Sequence[StrawCount]:
    """By option, in their order. At most one query."""
    online = poll.online if poll.closed_at else _online(uow, poll)
    return [
        StrawCount(option=option, online=online[at], hands=poll.hands[at])
        for at, option in enumerate(poll.options)
    ]


def choice_of(uow: UnitOfWork, poll: StrawPoll, place: RoomParticipant) -> int | None:
    """What somebody chose, while it is open."""
    own = StrawVote.poll_id == poll.id, StrawVote.participant_id == place.id
    return uow.session.scalar(select(StrawVote.choice).where(*own))


def may_vote(meeting: Meeting, place: RoomParticipant) -> bool:
    """Who was let in and is there; viewers of a session and who calls by phone raise hands."""
    is_in = place.admitted_at and not place.removed_at and not place.left_at
    return bool(is_in) and not place.is_phone and not is_watched(meeting)


def _online(uow: UnitOfWork, poll: StrawPoll) -> list[int]:
    rows = select(StrawVote.choice, func.count()).where(StrawVote.poll_id == poll.id)
    rows = rows.group_by(StrawVote.choice)
    found = {choice: number for choice, number in uow.session.execute(rows)}
    return [found.get(at, 0) for at in range(len(poll.options))]
