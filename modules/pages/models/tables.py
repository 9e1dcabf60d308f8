"""The tables of pages, one set in every municipality."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.modules.pages.models.kinds import KINDS, SECTIONS, Kind, Section
from obshto.platform.db.base import TenantModel
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.editorial.models import Attached, Earlier, Written


class Page(HoldsControlRow, Written, TenantModel):
    """A text of one kind on one shelf. `details` are short answers by the names of its kind."""

    __tablename__ = "pages_page"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "uq_pages_page_translation",
            "translation_of",
            "language",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index(
            "ix_pages_page_section",
            "section",
            "title",
            postgresql_where=text("deleted_at IS NULL AND translation_of IS NULL"),
        ),
        Index(
            "ix_pages_page_changed",
            text("changed_at DESC"),
            postgresql_where=text("translation_of IS NULL"),
        ),
    )
    words: ClassVar[tuple[str, ...]] = (*Written.words, "details", "section")
    translation_of: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.pages_page.id"))
    kind_name: Mapped[str] = mapped_column("kind")
    section: Mapped[str]
    details: Mapped[dict[str, str]]

    @property
    def kind(self) -> Kind:
        return KINDS[self.kind_name]

    @property
    def shelf(self) -> Section:
        return SECTIONS[self.section]

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/pages/{self.translation_of or self.id}"


class Version(Earlier, TenantModel):
    """How a page stood before somebody changed it."""

    __tablename__ = "pages_version"
    __table_args__ = (Index("ix_pages_version_page", "page_id", text("replaced_at DESC")),)
    text_id: Mapped[UUID] = mapped_column("page_id", ForeignKey("tenant.pages_page.id"))
    details: Mapped[dict[str, str]]
    section: Mapped[str]


class Attachment(Attached, TenantModel):
    """A file of a page: a document below the text, or a picture for inside it."""

    __tablename__ = "pages_attachment"
    __table_args__ = (UniqueConstraint("request_id"),)
    text_id: Mapped[UUID] = mapped_column("page_id", ForeignKey("tenant.pages_page.id"), index=True)

    @property
    def path(self) -> str:
        return f"/pages/files/{self.id}"


class Answer(Versioned, TenantModel):
    """Whether a page was clear to somebody. A day and no hour, so that it leads to nobody."""

    __tablename__ = "pages_answer"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_pages_answer_unread", "given_on", postgresql_where=text("read_at IS NULL")),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    request_id: Mapped[UUID]
    page_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.pages_page.id"), index=True)
    is_clear: Mapped[bool]
    words: Mapped[str]
    given_on: Mapped[dt.date]
    read_at: Mapped[datetime | None]


class Link(TenantModel):
    """A link of a public page that leads nowhere, or out of the portal, where nobody looked."""

    __tablename__ = "pages_link"
    page_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.pages_page.id"), primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    is_broken: Mapped[bool]
    looked_at: Mapped[datetime]
