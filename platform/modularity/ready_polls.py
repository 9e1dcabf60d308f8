"""Port of polls: a part that holds them begins a ready-made one for another and tells its result.

Where no such part is switched on nobody is asked, and pages say so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork

Said = tuple[str, str]  # a text and the language that it is in
Titles = Mapping[str, tuple[str, str]]  # title and introduction by language; Bulgarian is there


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyPollAnswers:
    """One question; `key` is its text in Bulgarian, by which two polls are compared.

    `lines` are the options in order with key, text, how many; empty where nothing may be told.
    """

    key: str
    title: Said
    answered: int
    lines: Sequence[tuple[str, Said, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyPollResult:
    """A poll as it may be told now. `answers` is None below ten, and then there are no questions.

    `state` is draft, planned, open or closed; `path` is its page for staff, below the host.
    """

    id: UUID
    title: Said
    path: str
    state: str
    closes_at: datetime
    answers: int | None
    questions: Sequence[ReadyPollAnswers]


class ReadyPolls(Protocol):
    """Offered by the part of polls."""

    def may_begin(self, uow: UnitOfWork) -> bool:
        """Whether who is signed in may write polls."""
        ...

    def begin(self, uow: UnitOfWork, word: str, titles: Titles, *, request_id: UUID) -> UUID:
        """A draft with the ready-made questions of that word; sent twice it is one.

        Raises NotAllowed.
        """
        ...

    def results_of(self, uow: UnitOfWork, ids: Sequence[UUID]) -> Sequence[ReadyPollResult]:
        """Those that are not deleted, the last written first. Four queries at most."""
        ...
