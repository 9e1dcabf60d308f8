"""Events of a campaign: where people hear both sides before they vote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from obshto.modules.referendum.errors import EventOutside, NoSuchParty, StaleCampaign
from obshto.modules.referendum.events import CampaignEventAnnounced, CampaignEventCancelled
from obshto.modules.referendum.models import CampaignEvent, Referendum
from obshto.modules.referendum.services.campaign import time_of
from obshto.modules.referendum.services.states import CALLED
from obshto.platform.entity import create_once, expect_version
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """An event as typed: `side` is yes, no or both."""

    side: str
    title: str
    place: str
    starts_at: datetime


def events_of(uow: UnitOfWork, proposal: Referendum) -> Sequence[CampaignEvent]:
    """In the order of their hours, with those called off. One query."""
    wanted = select(CampaignEvent).where(CampaignEvent.proposal_id == proposal.id)
    return uow.session.scalars(wanted.order_by(CampaignEvent.starts_at, CampaignEvent.id)).all()


def announce_event(
    uow: UnitOfWork, proposal: Referendum, words: EventWords, *, request_id: UUID
) -> CampaignEvent:
    """Everybody sees it; the same request again finds the first. Raises EventOutside."""
    wanted = select(CampaignEvent).where(CampaignEvent.request_id == request_id)
    if first := uow.session.scalar(wanted):
        return first
    told = time_of(proposal)
    if (
        proposal.state != CALLED
        or told is None
        or not told.opens_at <= words.starts_at < told.closes_at
    ):
        raise EventOutside
    event = CampaignEvent(
        request_id=request_id,
        proposal_id=proposal.id,
        side=words.side,
        title=words.title,
        place=words.place,
        starts_at=words.starts_at,
    )
    if (first := create_once(uow, event)) is not event:
        return first
    uow.emit(CampaignEventAnnounced(subject_id=proposal.id, number=proposal.number))
    return event


def cancel_event(
    uow: UnitOfWork, proposal: Referendum, event_id: UUID, *, expected_version: int
) -> None:
    """Called off: it stays, with that word. Raises NoSuchParty, StaleCampaign."""
    wanted = select(CampaignEvent).where(
        CampaignEvent.id == event_id, CampaignEvent.proposal_id == proposal.id
    )
    event = uow.session.scalar(wanted.with_for_update())
    if event is None:
        raise NoSuchParty
    if event.is_cancelled:
        return
    expect_version(event, expected_version, StaleCampaign)
    event.is_cancelled = True
    uow.emit(CampaignEventCancelled(subject_id=proposal.id, number=proposal.number))
