"""Ports between votes by phone and the registration of voters.

The part of votes knows texts, days and public codes; the part of voters knows who registered.
Neither learns which code is whose: that list stays with the commission, outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneVote:
    """A vote whose result is not counted yet. While it `is_draft` its roll may still change."""

    id: UUID
    title: str
    opens_at: datetime
    closes_at: datetime
    is_trial: bool
    is_draft: bool
    takes_voids: bool  # a code may be made void: it is announced and has not ended
    console_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoterRoll:
    """People who may vote: how many, and the fingerprint that says that the list is the same."""

    size: int
    fingerprint: str
    frozen_at: datetime


class PhoneVotes(Protocol):
    """Offered by the part of votes."""

    def votes(self, uow: UnitOfWork) -> Sequence[PhoneVote]:
        """Drafts and those that are not counted, trials too; the next to end first. One query."""
        ...

    def vote_of(
        self, uow: UnitOfWork, vote_id: UUID, *, to_change: bool = False
    ) -> PhoneVote | None:
        """One of any stage; None for what is not there. `to_change` holds its stage still until
        the transaction ends."""
        ...

    def void_code(self, uow: UnitOfWork, vote_id: UUID, credential: str) -> bool:
        """Make a public credential void; False where it was void before.

        Raises DomainError, a Conflict where its ballot lies on the board.
        """
        ...


class VoterRolls(Protocol):
    """Offered by the part of voters."""

    def roll_of(self, uow: UnitOfWork, vote_id: UUID) -> VoterRoll | None:
        """The frozen roll of a vote, if it was made of registrations. One query."""
        ...

    def console_path(self, vote_id: UUID) -> str:
        """Where the commission freezes it and looks voters up."""
        ...

    def path(self) -> str:
        """Where citizens register."""
        ...
