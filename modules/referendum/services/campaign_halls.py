"""Halls of the municipality for events of a campaign: asked for, granted or refused with a reason.

A hall costs nothing for either side, and everybody reads how often each asked and what it got.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from obshto.modules.referendum.errors import (
    EventOutside,
    HallDecided,
    HallTaken,
    NoSuchParty,
    ReasonMissing,
    StaleCampaign,
    TooManyHalls,
)
from obshto.modules.referendum.events import HallAnswered, HallAsked
from obshto.modules.referendum.models import (
    CampaignEvent,
    CampaignParty,
    HallRequest,
    Referendum,
)
from obshto.modules.referendum.services.campaign import lock_campaign, time_of
from obshto.modules.referendum.services.campaign_events import EventWords, announce_event
from obshto.modules.referendum.services.equal_space import NO, YES
from obshto.platform.entity import create_once, expect_version
from obshto.platform.unit_of_work import UnitOfWork

ASKED, GRANTED, REFUSED = "asked", "granted", "refused"
MOST_WAITING = 10  # of one participant


@dataclass(frozen=True, slots=True, kw_only=True)
class HallWords:
    """What a participant asks for: which hall, for what, from when until when."""

    hall: str
    title: str
    starts_at: datetime
    ends_at: datetime


def hall_requests_of(uow: UnitOfWork, proposal: Referendum) -> Sequence[HallRequest]:
    """Of both sides, in the order in which they came. One query."""
    wanted = select(HallRequest).where(HallRequest.proposal_id == proposal.id)
    return uow.session.scalars(wanted.order_by(HallRequest.asked_at, HallRequest.id)).all()


def hall_use(requests: Sequence[HallRequest]) -> Mapping[str, Mapping[str, int]]:
    """By side how many were asked for, granted, refused; what waits is asked for alone."""
    return {
        side: {
            ASKED: sum(one.side == side for one in requests),
            GRANTED: sum(one.side == side and one.state == GRANTED for one in requests),
            REFUSED: sum(one.side == side and one.state == REFUSED for one in requests),
        }
        for side in (YES, NO)
    }


def ask_hall(
    uow: UnitOfWork, party: CampaignParty, words: HallWords, *, request_id: UUID
) -> HallRequest:
    """It waits for an answer; the same request again finds the first.

    Raises EventOutside, TooManyHalls.
    """
    wanted = select(HallRequest).where(HallRequest.request_id == request_id)
    if first := uow.session.scalar(wanted):
        return first
    proposal = uow.session.get_one(Referendum, party.proposal_id)
    lock_campaign(uow, proposal)
    _expect_inside(proposal, words)
    _expect_few(uow, party)
    row = HallRequest(
        request_id=request_id,
        proposal_id=proposal.id,
        party_id=party.id,
        side=party.side,
        hall=words.hall,
        title=words.title,
        starts_at=words.starts_at,
        ends_at=words.ends_at,
        state=ASKED,
        asked_at=uow.now,
    )
    if (first := create_once(uow, row)) is not row:
        return first
    uow.emit(HallAsked(subject_id=proposal.id, number=proposal.number))
    return row


def answer_hall(
    uow: UnitOfWork,
    proposal: Referendum,
    row: HallRequest,
    *,
    is_granted: bool,
    reason: str,
    expected_version: int,
) -> None:
    """Grant it, and everybody reads of the event; or refuse with a reason that everybody reads.

    The same answer again does nothing. Raises StaleCampaign, HallDecided, ReasonMissing, HallTaken,
    EventOutside.
    """
    lock_campaign(uow, proposal)
    uow.session.refresh(row)
    to = GRANTED if is_granted else REFUSED
    if row.state == to and row.reason == reason:
        return
    if row.state != ASKED:
        raise HallDecided
    expect_version(row, expected_version, StaleCampaign)
    if is_granted:
        _grant(uow, proposal, row)
    elif not reason:
        raise ReasonMissing
    row.state, row.reason = to, reason
    row.decided_at, row.decided_by_id = uow.now, uow.principal.person_id
    uow.emit(HallAnswered(subject_id=proposal.id, number=proposal.number))


def hall_request_of(uow: UnitOfWork, proposal: Referendum, hall_id: UUID) -> HallRequest:
    """One of this campaign. Raises NoSuchParty."""
    row = uow.session.get(HallRequest, hall_id)
    if row is None or row.proposal_id != proposal.id:
        raise NoSuchParty
    return row


def _grant(uow: UnitOfWork, proposal: Referendum, row: HallRequest) -> None:
    same_time = (
        HallRequest.hall == row.hall,
        HallRequest.starts_at < row.ends_at,
        HallRequest.ends_at > row.starts_at,
    )
    taken = select(HallRequest).join(
        CampaignEvent, CampaignEvent.request_id == HallRequest.request_id
    )
    taken = taken.where(
        HallRequest.state == GRANTED, CampaignEvent.is_cancelled.is_(False), *same_time
    )
    if other := uow.session.scalar(taken.limit(1)):
        raise HallTaken(title=other.title)
    words = EventWords(side=row.side, title=row.title, place=row.hall, starts_at=row.starts_at)
    announce_event(uow, proposal, words, request_id=row.request_id)


def _expect_inside(proposal: Referendum, words: HallWords) -> None:
    told = time_of(proposal)
    if told is None or not told.opens_at <= words.starts_at < words.ends_at <= told.closes_at:
        raise EventOutside


def _expect_few(uow: UnitOfWork, party: CampaignParty) -> None:
    waiting = select(HallRequest.id).where(
        HallRequest.party_id == party.id, HallRequest.state == ASKED
    )
    if len(uow.session.scalars(waiting).all()) >= MOST_WAITING:
        raise TooManyHalls(most=MOST_WAITING)
