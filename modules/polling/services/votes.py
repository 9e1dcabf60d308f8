"""Votes that sections are prepared for: called by another part, asked for over its port."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from obshto.modules.polling.errors import NoSuchCalledVote
from obshto.modules.polling.models import PollingSection
from obshto.modules.polling.services.sections import open_sections
from obshto.modules.polling.settings import PollingSettings
from obshto.platform.modularity.polling_places import CalledVote, CalledVotes, PollingPlace
from obshto.platform.modularity.ports import port_here
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork


def called_votes(uow: UnitOfWork) -> Sequence[CalledVote]:
    """The next first; none where no part calls votes."""
    port = port_here(CalledVotes)
    return port.called(uow) if port else ()


def vote_of(uow: UnitOfWork, vote_id: UUID) -> CalledVote:
    """One that is or was called. Raises NoSuchCalledVote."""
    port = port_here(CalledVotes)
    vote = port.vote_of(uow, vote_id) if port else None
    if vote is None:
        raise NoSuchCalledVote
    return vote


def crosses_out(uow: UnitOfWork) -> bool:
    """Whether on the ballot the answer is struck that one does not choose."""
    port = port_here(CalledVotes)
    return bool(port and port.crosses_out(uow))


def settings_here(uow: UnitOfWork) -> PollingSettings:
    """Hours, spare ballots, readings."""
    return settings_of(uow, "polling", PollingSettings)


def sections_of(uow: UnitOfWork, vote: CalledVote) -> Sequence[PollingSection]:
    """Where that vote takes place, by number. One query."""
    return _sections(uow, vote.unit)


class SectionPlaces:
    """Supplies `PollingPlaces`."""

    def places(self, uow: UnitOfWork, unit: str) -> Sequence[PollingPlace]:
        """Open sections of a mayoralty, of all where it is empty, by number. One query."""
        return [
            PollingPlace(
                id=one.id,
                number=one.number,
                name=one.place,
                address=one.address,
                settlement=one.settlement,
                is_accessible=one.is_accessible,
                entrance=one.entrance,
                voters=one.voters,
            )
            for one in _sections(uow, unit)
        ]

    def hours(self, uow: UnitOfWork) -> tuple[int, int]:
        """From which full hour to which the rooms are open."""
        settings = settings_here(uow)
        return settings.opens_at, settings.closes_at

    def path(self) -> str:
        """Where people find their section by address."""
        return "/polling/"


def _sections(uow: UnitOfWork, unit: str) -> Sequence[PollingSection]:
    wanted = open_sections()
    if unit:
        wanted = wanted.where(PollingSection.settlement == unit)
    return uow.session.scalars(wanted).all()
