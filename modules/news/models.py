"""The table of news, one in every municipality."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.timed import Timed


class Item(Timed, TenantModel):
    """One text in one language. A translation names its original, is public when that is.

    `markdown` is what the editor wrote, `html` what was made of it when saved. `published_at` is
    empty for a draft and may lie ahead; `announced_at` says that those who follow were told.
    `deleted_at` starts the 30 days in which a removed item can come back.
    """

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
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    translation_of: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.news_item.id"))
    language: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    markdown: Mapped[str]
    html: Mapped[str]
    written_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_id: Mapped[UUID | None] = mapped_column(index=True)
    author_id: Mapped[UUID | None] = mapped_column(index=True)
    corrected_at: Mapped[datetime | None]
    correction: Mapped[str | None]
    announced_at: Mapped[datetime | None]

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/news/{self.translation_of or self.id}"
