"""Ports for whoever hands the council's work on to programs: what is public now, as plain values.

Meetings tell of agendas, files and decisions, the council of its people, materials and questions,
videos of recordings. Paths lie below the host of the municipality; nothing hidden is told.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """A file of a meeting. `path` shows it, `download` saves it, `page` is where people find it.

    `size` is in bytes; `name`, `size` and `download` are empty where nobody knows them.
    """

    id: UUID
    title: str
    mime: str
    path: str
    on: date
    name: str = ""
    size: int | None = None
    download: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedDecision:
    """A decision of published minutes."""

    id: UUID
    number: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPoint:
    """A point of an agenda; `number` counts from 1."""

    id: UUID
    number: int
    title: str
    decisions: tuple[PublishedDecision, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedMeeting:
    """A public meeting; `settlement` is an EKATTE code, `minutes` None before they are published.

    `is_of_council` is true of a session of the municipal council.
    """

    id: UUID
    title: str
    kind: str  # in Bulgarian
    is_of_council: bool
    settlement: str
    address: str
    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool
    path: str
    points: tuple[PublishedPoint, ...] = ()
    files: tuple[PublishedFile, ...] = ()
    minutes: PublishedFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedMember:
    """A councillor; `contact` is of the office, `path` is their page."""

    id: UUID
    name: str
    party: str
    contact: str
    is_chair: bool
    begins_on: date
    ends_on: date | None
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSeat:
    """A councillor in a committee."""

    id: UUID
    committee_id: UUID
    member_id: UUID
    is_chair: bool
    begins_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedInquiry:
    """A councillor's question; `text` is what was asked and what was answered."""

    id: UUID
    member_id: UUID
    title: str
    asked_on: date
    text: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedCouncil:
    """The council as everybody sees it. `materials` by the id of a point, `present` by that of a
    session: both may name ones that are not public, so who reads asks the meetings first.
    """

    members: Sequence[PublishedMember]
    committees: Mapping[UUID, str]
    seats: Sequence[PublishedSeat]
    materials: Mapping[UUID, Sequence[PublishedFile]]
    present: Mapping[UUID, Sequence[UUID]]
    inquiries: Sequence[PublishedInquiry]


class MeetingPublication(Protocol):
    """Offered by the part of meetings."""

    def meetings(self, uow: UnitOfWork) -> Sequence[PublishedMeeting]:
        """All that are public now, past ones too. Six queries for any number."""
        ...

    def showing(self, uow: UnitOfWork) -> Collection[UUID]:
        """Their ids. One query."""
        ...


class CouncilPublication(Protocol):
    """Offered by the part of the council."""

    def council(self, uow: UnitOfWork) -> PublishedCouncil:
        """Everything at once. Six queries for any number."""
        ...


class RecordingPublication(Protocol):
    """Offered by the part of videos."""

    def recordings(self, uow: UnitOfWork) -> Mapping[UUID, Sequence[PublishedFile]]:
        """Public recordings by the id of their meeting. One query."""
        ...
