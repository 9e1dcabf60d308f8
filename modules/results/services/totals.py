"""Sums over sections: what is in, who is counted as a voter, who as having taken part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from obshto.modules.results.models import SectionProtocol, VoteNight
from obshto.modules.results.services.protocols import protocols_of
from obshto.modules.results.services.states import COUNTED, COUNTING, MISSING, SETTLED
from obshto.modules.results.services.votes import outcomes, places_of, settings_here
from obshto.platform.legal.reasons import Why, why_of_threshold
from obshto.platform.legal.thresholds import threshold
from obshto.platform.modularity.polling_places import CalledVote, CountedVote, PollingPlace
from obshto.platform.unit_of_work import UnitOfWork

SUMMED = ("listed", "signed", "ballots", "yes", "no", "invalid", "complaints")


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionCount:
    """A section of the vote with its protocol, if anybody touched that."""

    place: PollingPlace
    protocol: SectionProtocol | None

    @property
    def state(self) -> str:
        return self.protocol.state if self.protocol else MISSING


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteTotals:
    """Sums of the accepted protocols (чл. 40, ал. 1). `voters` also counts sections without one."""

    sections: Sequence[SectionCount]
    sums: Mapping[str, int]
    voters: int
    participants: int

    @property
    def done(self) -> int:
        """Sections of which nothing more is awaited."""
        return sum(one.state in SETTLED for one in self.sections)

    @property
    def counted(self) -> int:
        """Sections whose protocol counts."""
        return sum(one.state in COUNTED for one in self.sections)

    @property
    def is_complete(self) -> bool:
        return bool(self.sections) and self.done == len(self.sections)

    def result(self, council_votes: int | None = None) -> CountedVote:
        """As the rule is asked about it."""
        return CountedVote(
            voters=self.voters,
            participants=self.participants,
            yes=self.sums["yes"],
            no=self.sums["no"],
            council_votes=council_votes,
        )


def totals_of(uow: UnitOfWork, vote: CalledVote) -> VoteTotals:
    """Of all sections now; four queries at most."""
    protocols = protocols_of(uow, vote)
    places = places_of(uow, vote.unit)
    unit = outcomes().voters_unit(uow, vote)
    counting = places if unit == vote.unit else places_of(uow, unit)
    counted = [row for row in protocols.values() if row.state in COUNTED]
    sums = {name: sum(getattr(row, name) or 0 for row in counted) for name in SUMMED}
    by_ballots = settings_here(uow).participants_by_ballots
    return VoteTotals(
        sections=[SectionCount(place=one, protocol=protocols.get(one.id)) for one in places],
        sums=sums,
        voters=sum(_voters(one, protocols.get(one.id)) for one in counting),
        participants=sums["ballots" if by_ballots else "signed"],
    )


def protocol_lines(uow: UnitOfWork, vote: CalledVote) -> Sequence[SectionProtocol]:
    """Protocols of which nothing more is awaited, by number. One query."""
    rows = [row for row in protocols_of(uow, vote).values() if row.state in SETTLED]
    return sorted(rows, key=lambda row: row.number)


def quorum_of(
    night: VoteNight, voters: int, voted: int, *, begun_on: date | None = None
) -> Why | None:
    """How many must take part, and whether so many do (чл. 41, ал. 2); None without that rule."""
    if night.is_together or not voters:
        return None
    needed = threshold("zpu_turnout", base=voters, on=night.vote_on, begun_on=begun_on)
    return why_of_threshold(needed, number=voted)


def outcome_whys(vote: CalledVote, night: VoteNight) -> Sequence[Why]:
    """Why what was announced is adopted or not; nothing before."""
    if night.state == COUNTING or night.voters is None:
        return ()
    told = CountedVote(
        voters=night.voters,
        participants=night.participants or 0,
        yes=night.yes or 0,
        no=night.no or 0,
        council_votes=night.council_votes,
    )
    return outcomes().judged(vote, told)[1]


def _voters(place: PollingPlace, protocol: SectionProtocol | None) -> int:
    """Of the protocol where it counts, else of the register of sections."""
    is_counted = protocol is not None and protocol.state in COUNTED
    return (protocol.listed or 0) if protocol and is_counted else place.voters


def ids_of(totals: VoteTotals) -> list[UUID]:
    """The sections of the vote."""
    return [one.place.id for one in totals.sections]
