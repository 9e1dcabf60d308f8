"""Ports between the parts of meetings and of the council: sessions, and what is known of them.

Meetings hold agenda, minutes and decisions; the council holds materials, attendance and votes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from sqlalchemy import Select

    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilSession:
    """A session of the council; `announced_at` is None for a draft.

    `path` is where citizens read it as a meeting, `minutes_path` where its minutes will be.
    `published_at` is when minutes were first published; `is_stale` says that what was written
    since then is not public yet.
    """

    id: UUID
    title: str
    address: str
    starts_at: datetime
    ends_at: datetime
    announced_at: datetime | None
    is_cancelled: bool
    path: str
    minutes_path: str
    published_at: datetime | None = None
    is_stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPoint:
    """A point of the agenda; `thread` is its key in threads, None where nothing led to it."""

    id: UUID
    session_id: UUID
    position: int
    title: str
    presenter: str
    thread: tuple[str, UUID] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDecision:
    """A decision of published minutes; `state` is open, late or reached."""

    item_id: UUID
    number: str
    text: str
    owner: str
    due_on: date | None
    state: str
    outcome: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VotedEntry:
    """What a vote puts into the minutes; number and decision are empty where it was not adopted."""

    motion: str
    votes_for: int
    votes_against: int
    votes_abstained: int
    number: str = ""
    decision: str = ""
    owner: str = ""
    due_on: date | None = None


class CouncilSessions(Protocol):
    """Offered by the part of meetings."""

    def sessions(self, uow: UnitOfWork, *, is_public: bool, most: int) -> Sequence[CouncilSession]:
        """The latest first, without drafts for the public; without their minutes. One query."""
        ...

    def unpublished(self, uow: UnitOfWork) -> Select[UUID, datetime]:
        """Ids and beginnings of sessions that are over and whose minutes nobody has published."""
        ...

    def session_of(
        self, uow: UnitOfWork, session_id: UUID, *, is_public: bool
    ) -> CouncilSession | None:
        """None for what is no session of the council, or not public where that is asked."""
        ...

    def points_of(self, uow: UnitOfWork, session_id: UUID) -> Sequence[SessionPoint]:
        """The agenda in order. One query."""
        ...

    def decisions_of(self, uow: UnitOfWork, session_id: UUID) -> Sequence[SessionDecision]:
        """Those of published minutes. One query."""
        ...

    def write_entry(
        self, uow: UnitOfWork, point: SessionPoint, entry: VotedEntry, *, entry_id: UUID
    ) -> None:
        """An entry of the minutes under a point: written once, later changed, by the same id."""
        ...

    def publish_minutes(
        self, uow: UnitOfWork, session_id: UUID, *, why: str, request_id: UUID
    ) -> None:
        """The next edition. Raises the refusals of meetings."""
        ...


class CouncilRecords(Protocol):
    """Offered by the part of the council."""

    def record_of(self, uow: UnitOfWork, session_id: UUID) -> Mapping[str, Any]:
        """What minutes tell of it, in JSON: `attendance`, `roll_calls` by the id of a point."""
        ...

    def materials_of(
        self, uow: UnitOfWork, session_id: UUID, *, item_id: UUID | None = None
    ) -> int:
        """Number of files by point; of one point where it is named."""
        ...

    def path_of(self, session_id: UUID) -> str:
        """Where citizens read its points with materials and votes."""
        ...
