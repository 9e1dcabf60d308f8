"""What can happen to any text; each module names its own."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from obshto.platform.domain_events import DomainEvent


@dataclass(frozen=True, kw_only=True)
class TextFact(DomainEvent):
    """The original and its title, or what a file beside it is called: both public words."""

    subject_id: UUID
    title: str
