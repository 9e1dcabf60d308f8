"""Values of the pages about a campaign: both sides with their numbers, times, what-ifs."""

from __future__ import annotations

from typing import Any

from obshto.modules.referendum.forms.campaign import EVENT_SIDES, HALL_STATES, SIDES
from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.services import campaign
from obshto.modules.referendum.services.adoption import adoption_of
from obshto.modules.referendum.services.campaign_events import events_of
from obshto.modules.referendum.services.campaign_halls import hall_requests_of, hall_use
from obshto.modules.referendum.services.campaign_time import why_of_closing, why_of_opening
from obshto.modules.referendum.services.equal_space import NO, YES, first_side, why_of_balance
from obshto.platform.clock import day_of
from obshto.platform.modularity.polling_places import PollingPlaces
from obshto.platform.modularity.ports import port_here
from obshto.platform.unit_of_work import UnitOfWork


def campaign_words(uow: UnitOfWork, proposal: Referendum) -> dict[str, Any]:
    """All that the campaign's pages tell. Five queries."""
    row = campaign.campaign_of_proposal(uow, proposal)
    parties = campaign.parties_of(uow, proposal)
    told = campaign.time_of(proposal)
    assert told and proposal.vote_on
    first = first_side(day_of(uow.now))
    balance = campaign.shown_balance(uow, parties)
    port, halls = port_here(PollingPlaces), hall_requests_of(uow, proposal)
    return {
        "campaign": row,
        "is_shown": campaign.is_shown(uow, proposal, row),
        "times": told,
        "time_state": told.state(uow.now),
        "opening_why": why_of_opening(proposal.vote_on),
        "closing_why": why_of_closing(proposal.vote_on),
        "parties": parties,
        "order": (first, NO if first == YES else YES),
        "balance": balance,
        "balance_why": why_of_balance(balance),
        "sides": SIDES,
        "event_sides": EVENT_SIDES,
        "events": events_of(uow, proposal),
        "halls": halls,
        "hall_use": hall_use(halls),
        "hall_states": HALL_STATES,
        "adoption": adoption_of(uow, proposal),
        "places_path": port.path() if port else "",
        "hours": port.hours(uow) if port else None,
    }
