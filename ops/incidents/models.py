"""What went wrong or is planned, and what was said about it; rows of the region."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, new_id
from obshto.tenants.municipalities.notice import worded


class IncidentKind(StrEnum):
    """Whether it came or was planned."""

    INCIDENT = "incident"
    MAINTENANCE = "maintenance"


class Word(StrEnum):
    """How far it is."""

    LOOKING = "looking"
    FOUND = "found"
    WATCHING = "watching"
    RESOLVED = "resolved"
    CANCELLED = "cancelled"


LAST = frozenset({Word.RESOLVED, Word.CANCELLED})


class Incident(SharedModel):
    """`municipalities` are those that it concerns; none means the whole region.

    `version` rises with every change, so that no late form undoes one.
    """

    __tablename__ = "incident"
    __table_args__ = (Index(None, "closed_at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str]
    texts: Mapped[dict[str, str]]  # by language
    municipalities: Mapped[list[str]]
    is_read_only: Mapped[bool]
    announced_at: Mapped[datetime]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    version: Mapped[int]

    def concerns(self, slug: str) -> bool:
        return not self.municipalities or slug in self.municipalities

    def is_over(self, moment: datetime) -> bool:
        """Closed, or its time has run out."""
        return self.closed_at is not None or (self.ends_at is not None and self.ends_at <= moment)

    def text(self, language: str) -> tuple[str, str]:
        """The words with the language that they are in."""
        return worded(self.texts, language)


class Update(SharedModel):
    """One thing more that was said about an incident."""

    __tablename__ = "incident_update"
    __table_args__ = (Index(None, "incident_id", "id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    incident_id: Mapped[UUID] = mapped_column(ForeignKey(Incident.id))
    at: Mapped[datetime]
    word: Mapped[str]
    texts: Mapped[dict[str, str]]

    def text(self, language: str) -> tuple[str, str]:
        """The words with the language that they are in."""
        return worded(self.texts, language)


def concerned(incident: Incident, everyone: Collection[str]) -> list[str]:
    """The municipalities that it concerns, in the order given."""
    return [slug for slug in everyone if incident.concerns(slug)]


def in_words(bg: str, en: str | None = None, ro: str | None = None) -> Mapping[str, str]:
    """Texts by language, without those that nobody wrote."""
    texts = {"bg": bg, "en": en or "", "ro": ro or ""}
    return {language: said.strip() for language, said in texts.items() if said.strip()}
