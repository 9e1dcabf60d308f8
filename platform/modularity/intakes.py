"""Ports of intake: a part takes up what people said elsewhere as a proposal or as a report.

Who asks keeps the number and the address that come back, so that both stay linked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from flask_babel import LazyString

if TYPE_CHECKING:
    from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """What is taken up and in whose name; `kind` is a word of `kinds`, `address` where it stood."""

    kind: str
    title: str
    text: str
    settlement: str
    address: str
    person_id: UUID | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = "bg"
    channel: str = "portal"


@dataclass(frozen=True, slots=True)
class TakenUp:
    """Its number, where the public reads it, where staff go on."""

    number: str
    path: str
    desk: str


class _Intake(Protocol):
    def kinds(self, uow: UnitOfWork) -> Mapping[str, LazyString]:
        """What it is about, by word: the kinds that are taken here."""
        ...

    def take_up(self, uow: UnitOfWork, handed: HandedOn, *, request_id: UUID) -> TakenUp:
        """Once for the same `request_id`. Raises the part's own refusals."""
        ...


class ProposalIntake(_Intake, Protocol):
    """Offered by the part of proposals."""


class ReportIntake(_Intake, Protocol):
    """Offered by the part of reports."""
