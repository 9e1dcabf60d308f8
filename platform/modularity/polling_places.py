"""Ports between a vote on paper, its polling places and its count.

The part of referenda knows question and day; the part of polling knows sections and their rooms;
the part of results knows what the sections counted. Where one is switched off, pages of the others
leave its lines out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from obshto.platform.legal.reasons import Why
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledVote:
    """A vote with its day. `unit` is the EKATTE code of a mayoralty, empty for all.

    The law of the day on which it was `begun_on` holds for it.
    """

    id: UUID
    number: str
    question: str
    unit: str
    vote_on: date
    begun_on: date | None = None
    path: str  # where citizens read of it


@dataclass(frozen=True, slots=True, kw_only=True)
class PollingPlace:
    """Where a section votes; `settlement` is an EKATTE code, empty where there are none.

    `voters` is what its voter list says, 0 while nobody wrote it.
    """

    id: UUID
    number: int
    name: str
    address: str
    settlement: str
    is_accessible: bool
    entrance: str
    voters: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedVote:
    """What the sections counted. `council_votes` only together with local elections."""

    voters: int
    participants: int
    yes: int
    no: int
    council_votes: int | None = None


class CalledVotes(Protocol):
    """Offered by the part of referenda."""

    def called(self, uow: UnitOfWork) -> Sequence[CalledVote]:
        """Those whose day is not over, the next first. One query."""
        ...

    def vote_of(self, uow: UnitOfWork, vote_id: UUID) -> CalledVote | None:
        """One that is or was called, its day over or not; None for what has no day."""
        ...

    def votes_of(self, uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, CalledVote]:
        """The same of several, by id. One query."""
        ...

    def held(self, uow: UnitOfWork) -> Sequence[CalledVote]:
        """Those whose day has come, the last first; not more than a page of them. One query."""
        ...

    def crosses_out(self, uow: UnitOfWork) -> bool:
        """Whether on the ballot the answer is struck that one does not choose. One query."""
        ...


class VoteOutcomes(Protocol):
    """Offered by the part of referenda: the rule that applies to what was counted."""

    def voters_unit(self, uow: UnitOfWork, vote: CalledVote) -> str:
        """Of which mayoralty the voters are counted for the turnout; empty for all."""
        ...

    def judged(self, vote: CalledVote, counted: CountedVote) -> tuple[bool, Sequence[Why]]:
        """Adopted or not, and why. Raises DomainError for numbers that no count can give."""
        ...

    def decide(
        self, uow: UnitOfWork, vote_id: UUID, counted: CountedVote, *, on: date, words: str
    ) -> bool:
        """The commission announced it on that day; whether it is adopted. Raises DomainError."""
        ...

    def reopen(self, uow: UnitOfWork, vote_id: UUID, *, on: date, words: str) -> None:
        """The court annulled the result: there is none until one is announced again."""
        ...

    def again(self, vote: CalledVote) -> Why:
        """From when the same question can be asked again where it was not adopted."""
        ...


class VoteCounts(Protocol):
    """Offered by the part that counts: its pages of a vote, the rule that was written down."""

    def is_together(self, uow: UnitOfWork, vote_id: UUID) -> bool:
        """The vote is on the day of general local elections: another rule decides. One query."""
        ...

    def path(self, vote: CalledVote) -> str:
        """Turnout and result, for everybody."""
        ...

    def console_path(self, uow: UnitOfWork, vote_id: UUID) -> str:
        """Where staff enter them; empty for who may not."""
        ...


class PollingPlaces(Protocol):
    """Offered by the part of polling."""

    def places(self, uow: UnitOfWork, unit: str) -> Sequence[PollingPlace]:
        """Open sections of a mayoralty, of all where it is empty, by number. One query."""
        ...

    def hours(self, uow: UnitOfWork) -> tuple[int, int]:
        """From which full hour to which the rooms are open, Bulgarian time."""
        ...

    def path(self) -> str:
        """Where people find their section by address."""
        ...
