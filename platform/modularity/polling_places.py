"""Ports between a vote on paper and its polling places: what is called, where people vote.

The part of referenda knows question and day; the part of polling knows sections and their rooms.
Where one is switched off, pages of the other leave its lines out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledVote:
    """A vote with its day. `unit` is the EKATTE code of a mayoralty, empty for all."""

    id: UUID
    number: str
    question: str
    unit: str
    vote_on: date
    path: str  # where citizens read of it


@dataclass(frozen=True, slots=True, kw_only=True)
class PollingPlace:
    """Where a section votes; `settlement` is an EKATTE code, empty where there are none."""

    number: int
    name: str
    address: str
    settlement: str
    is_accessible: bool
    entrance: str


class CalledVotes(Protocol):
    """Offered by the part of referenda."""

    def called(self, uow: UnitOfWork) -> Sequence[CalledVote]:
        """Those whose day is not over, the next first. One query."""
        ...

    def vote_of(self, uow: UnitOfWork, vote_id: UUID) -> CalledVote | None:
        """One that is or was called, its day over or not; None for what has no day."""
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
