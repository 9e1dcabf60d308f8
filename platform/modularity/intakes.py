"""Ports of intake: a part takes up what people said elsewhere, as a thing of its own.

Who asks keeps the number and the address that come back, or links both in their thread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from flask_babel import LazyString

if TYPE_CHECKING:
    from obshto.platform.permissions import Permission
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """What is taken up in whose name; `kind` is a word of `kinds`, `origin` says where it stood.

    `source` is its key in threads: what comes of it there follows from that.
    """

    kind: str
    title: str
    text: str
    settlement: str
    origin: str
    person_id: UUID | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "bg"
    channel: str = "portal"
    source: tuple[str, UUID] | None = None


@dataclass(frozen=True, slots=True)
class TakenUp:
    """Its number, where the public reads it, where staff go on; its key in threads, if any."""

    number: str
    path: str
    desk: str
    thing: tuple[str, UUID] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """What somebody asked for: `way` names the part, `kind` is a word of it."""

    way: str
    kind: str
    title: str
    text: str


class _Intake(Protocol):
    @property
    def permission(self) -> Permission | None:
        """Who may do it there; None for what anybody may send."""
        ...

    def kinds(self, uow: UnitOfWork) -> Mapping[str, LazyString | str]:
        """What it is about, by word: the kinds that are taken here."""
        ...

    def take_up(self, uow: UnitOfWork, handed: HandedOn, *, request_id: UUID) -> TakenUp:
        """Once for the same `request_id`. Raises the part's own refusals."""
        ...


class ProposalIntake(_Intake, Protocol):
    """Offered by the part of proposals."""


class ReportIntake(_Intake, Protocol):
    """Offered by the part of reports."""


class ProjectIntake(_Intake, Protocol):
    """Offered by the part of projects: it writes a draft."""


class ConsultationIntake(_Intake, Protocol):
    """Offered by the part of consultations: it writes a draft."""


class AgendaIntake(_Intake, Protocol):
    """Offered by the part of meetings: a point of an agenda; its kinds are meetings planned."""
