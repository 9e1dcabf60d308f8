"""Port of consultations: a part that holds them answers, a part that carries out a decision asks.

Where no such part is switched on nobody is asked, and pages leave the line out.
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
class ConsultationResult:
    """A public consultation: opinions that count, and in what they ended, if they did.

    `outcome` and `title` are public words in Bulgarian; `path` is below the host.
    """

    id: UUID
    title: str
    path: str
    opinions: int
    closes_on: date | None
    outcome: str


class ConsultationResults(Protocol):
    """Public consultations of a municipality, as others may link to them."""

    def result_of(self, uow: UnitOfWork, consultation_id: UUID) -> ConsultationResult | None:
        """None for a draft, a deleted one, one that never was. Two queries."""
        ...

    def titles(self, uow: UnitOfWork) -> Sequence[tuple[UUID, str]]:
        """Public ones to choose from, the latest first. One query."""
        ...
