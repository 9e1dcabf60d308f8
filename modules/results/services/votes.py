"""Votes that are counted, their sections and hours: asked for over the ports of other parts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from obshto.modules.results.errors import NoSuchCount
from obshto.modules.results.settings import ResultsSettings
from obshto.platform.clock import SOFIA
from obshto.platform.modularity.polling_places import (
    CalledVote,
    CalledVotes,
    PollingPlace,
    PollingPlaces,
    VoteOutcomes,
)
from obshto.platform.modularity.ports import port_here
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

CLOSES = 20  # where nobody says until when the rooms are open


def votes_here(uow: UnitOfWork) -> Sequence[CalledVote]:
    """Those that are called, the next first, then those whose day has come, the last first."""
    port = port_here(CalledVotes)
    if port is None:
        return ()
    held = port.held(uow)
    known = {vote.id for vote in held}
    return [vote for vote in port.called(uow) if vote.id not in known] + list(held)


def vote_of(uow: UnitOfWork, vote_id: UUID) -> CalledVote:
    """One that is or was called. Raises NoSuchCount."""
    port = port_here(CalledVotes)
    vote = port.vote_of(uow, vote_id) if port else None
    if vote is None:
        raise NoSuchCount
    return vote


def outcomes() -> VoteOutcomes:
    """The rule that applies. Raises NoSuchCount where nobody calls votes."""
    port = port_here(VoteOutcomes)
    if port is None:
        raise NoSuchCount
    return port


def places_of(uow: UnitOfWork, unit: str) -> Sequence[PollingPlace]:
    """Sections of a mayoralty, of all where it is empty. One query."""
    port = port_here(PollingPlaces)
    return port.places(uow, unit) if port else ()


def settings_here(uow: UnitOfWork) -> ResultsSettings:
    """Hours of turnout, readings."""
    return settings_of(uow, "results", ResultsSettings)


def opening_hours(uow: UnitOfWork) -> tuple[int, int]:
    """From which full hour to which the sections are open."""
    port = port_here(PollingPlaces)
    return port.hours(uow) if port else (CLOSES - 13, CLOSES)


def closes_at(uow: UnitOfWork, vote: CalledVote) -> datetime:
    """When voting ends, an aware moment."""
    return moment_of(vote.vote_on, opening_hours(uow)[1])


def turnout_hours(uow: UnitOfWork) -> list[int]:
    """Full hours by which sections report, the last one the end of voting."""
    settings, (opens, last) = settings_here(uow), opening_hours(uow)
    told = {settings.first_hour, settings.second_hour, settings.third_hour}
    return sorted({hour for hour in told if opens < hour < last} | {last})


def moment_of(day: date, hour: int) -> datetime:
    """A full hour of a day as clocks in Bulgaria show it."""
    return datetime.combine(day, time(hour), SOFIA)
