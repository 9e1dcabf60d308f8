"""The table of notices, one in every municipality."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned


class Notice(HoldsControlRow, Versioned, TenantModel):
    """What holds at some places from one moment until another.

    `settlements` are EKATTE codes; none means the whole municipality. `words` holds title, text,
    address, correction and reason in other languages. `published_at` is empty for a draft,
    `withdrawn_at` says that it was called off and `reason` why.
    """

    __tablename__ = "notices_notice"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "ix_notices_notice_ends_at",
            "ends_at",
            postgresql_where=text("published_at IS NOT NULL AND withdrawn_at IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    kind: Mapped[str]
    settlements: Mapped[list[str]]
    address: Mapped[str]  # where exactly: streets, a road between two villages
    title: Mapped[str]
    text: Mapped[str]
    words: Mapped[dict[str, Any]]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    is_urgent: Mapped[bool]
    published_at: Mapped[datetime | None]
    corrected_at: Mapped[datetime | None]
    correction: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    reason: Mapped[str]
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_id: Mapped[UUID | None] = mapped_column(index=True)
    author_id: Mapped[UUID | None] = mapped_column(index=True)

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/notices/{self.id}"

    def said(self, part: str, language: str) -> tuple[str, str]:
        """A text and the language it is in: the one asked for, else Bulgarian."""
        told = self.words.get(language, {}).get(part, "")
        return (told, language) if told else (str(getattr(self, part)), "bg")
