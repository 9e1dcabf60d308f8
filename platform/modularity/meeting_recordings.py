"""Ports between the parts of meetings and of videos: an agenda, the recordings of a meeting."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedMeeting:
    """A public meeting that has begun; `path` is where citizens read of it."""

    id: UUID
    title: str
    starts_at: datetime
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedPoint:
    """A point of its agenda."""

    id: UUID
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingMinute:
    """Moment of a recording at which a point of the agenda begins, as `clock` says it („1:05:07“);
    `path` opens the player there.
    """

    item_id: UUID
    clock: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRecording:
    """A public recording of a meeting, with the minutes of its points in their order."""

    title: str
    path: str
    has_video: bool  # else its text alone
    minutes: tuple[RecordingMinute, ...] = ()


class MeetingAgendas(Protocol):
    """Offered by the part of meetings."""

    def recorded(self, uow: UnitOfWork, *, most: int) -> Sequence[RecordedMeeting]:
        """Public ones that have begun, the latest first. One query."""
        ...

    def meetings_of(self, uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, RecordedMeeting]:
        """Those among the ids that are public. One query."""
        ...

    def points_of(self, uow: UnitOfWork, meeting_id: UUID) -> Sequence[RecordedPoint]:
        """The agenda in order. One query."""
        ...


class MeetingRecordings(Protocol):
    """Offered by the part of videos."""

    def recordings_of(self, uow: UnitOfWork, *meeting_ids: UUID) -> Sequence[MeetingRecording]:
        """Public ones of these meetings. Two queries."""
        ...

    def recorder(self, uow: UnitOfWork) -> str | None:
        """Where whoever may record begins a recording; None for others, and without a store."""
        ...
