"""The tables of news, one set in every municipality."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.editorial.models import Attached, Earlier, Written


class Item(HoldsControlRow, Written, TenantModel):
    """A text in one language. `announced_at` says that those who follow were told."""

    __tablename__ = "news_item"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "uq_news_item_translation",
            "translation_of",
            "language",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index(
            "ix_news_item_published",
            text("published_at DESC"),
            postgresql_where=text("deleted_at IS NULL AND translation_of IS NULL"),
        ),
        Index(
            "ix_news_item_waiting",
            "published_at",
            postgresql_where=text("announced_at IS NULL AND published_at IS NOT NULL"),
        ),
    )
    translation_of: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.news_item.id"))
    corrected_at: Mapped[datetime | None]
    correction: Mapped[str | None]
    announced_at: Mapped[datetime | None]

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/news/{self.translation_of or self.id}"


class Version(Earlier, TenantModel):
    """How an item stood before somebody changed it."""

    __tablename__ = "news_version"
    __table_args__ = (Index("ix_news_version_item", "item_id", text("replaced_at DESC")),)
    text_id: Mapped[UUID] = mapped_column("item_id", ForeignKey("tenant.news_item.id"))


class Attachment(Attached, TenantModel):
    """A file of an item. Its first picture stands above the text, in lists and in feeds."""

    __tablename__ = "news_attachment"
    __table_args__ = (UniqueConstraint("request_id"),)
    text_id: Mapped[UUID] = mapped_column("item_id", ForeignKey("tenant.news_item.id"), index=True)

    @property
    def path(self) -> str:
        return f"/news/files/{self.id}"
