"""The table that municipalities write for the pages of the region."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel


class PublicRow(SharedModel):
    """One published thing in one language. Emptied for a part that is switched off."""

    __tablename__ = "public_entry"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    object_id: Mapped[UUID] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    path: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(index=True)
