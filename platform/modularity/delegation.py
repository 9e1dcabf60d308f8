"""Delegation: acts that a person may give a mandate for, and the port that knows the mandates.

Components declare the acts (`delegable` of the manifest). The request gate asks the port whether a
mandate is in force; where no component supplies it nobody acts for anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from flask_babel import LazyString

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegableAct:
    """One act of a mandate: „eservices:apply“, as people say it, and the views that belong to it.

    Views for staff and those that ask for a second factor cannot be among them. Several components
    may add views to the same word. What only the person may do (a vote, an opinion, a request about
    their own data) is declared by nobody.
    """

    word: str
    label: LazyString
    blueprint: str
    views: tuple[str, ...]

    @property
    def endpoints(self) -> tuple[str, ...]:
        """The views as Flask names them."""
        return tuple(f"{self.blueprint}.{view}" for view in self.views)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """A mandate in force: for whom, in which acts, until which day."""

    mandate_id: UUID
    number: str
    person_id: UUID
    name: str
    acts: frozenset[str]
    ends_on: date  # the last day


class Mandates(Protocol):
    """Port of whoever keeps mandates."""

    def in_force(
        self, uow: UnitOfWork, mandate_id: UUID, assistant_id: UUID, *, to_write: bool
    ) -> Delegation | None:
        """The mandate if this assistant may act under it now; None when it ended or is not theirs.

        With `to_write` its row is locked (FOR SHARE), so that a withdrawal comes before the act or
        after it and never in between.
        """
        ...

    def path(self) -> str:
        """Where citizens read what a mandate is and how it is given, below the root."""
        ...

    def held_path(self) -> str:
        """Where an assistant finds the mandates on their name, below the root."""
        ...

    def record_act(self, uow: UnitOfWork) -> None:
        """Write into the journal what the actor of this unit of work did, with its events."""
        ...
