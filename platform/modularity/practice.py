"""Practice act: what an invented citizen of the practice municipality does, part by part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeTurn:
    """One turn to act: its idempotency key, a number for variety, the citizen's name."""

    request_id: UUID
    number: int
    name: str

    def pick(self, among: Sequence[T]) -> T:
        """One of these, another at the next turn."""
        return among[self.number % len(among)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeAct:
    """`run` does it by the part's own services and answers whether there was anything to do.

    The principal of its work is the citizen. What answers staff (`is_reply`) goes before the rest.
    """

    run: Callable[[UnitOfWork, PracticeTurn], bool]
    is_reply: bool = False
