"""Columns that every text of an editor has, every earlier version, every file beside it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import new_id
from obshto.platform.db.version import Versioned
from obshto.platform.publication_window import PublicationWindow


class Written(PublicationWindow):
    """One text in one language. A translation names its original, is public when that is.

    `markdown` is what the editor wrote, `html` what was made of it when saved. `published_at` is
    empty for a draft and may lie ahead. `deleted_at` starts the 30 days in which it can come back.
    """

    words: ClassVar[tuple[str, ...]] = ("title", "summary", "markdown")  # what a version keeps

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    translation_of: Mapped[UUID | None]  # each table names its own key
    language: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    markdown: Mapped[str]
    html: Mapped[str]
    written_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_id: Mapped[UUID | None] = mapped_column(index=True)
    author_id: Mapped[UUID | None] = mapped_column(index=True)


class Earlier:
    """How a text stood before somebody changed it; `text_id` is a key of the text's table."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    text_id: Mapped[UUID]
    title: Mapped[str]
    summary: Mapped[str]
    markdown: Mapped[str]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    saved_by_id: Mapped[UUID | None] = mapped_column(index=True)
    replaced_at: Mapped[datetime]


class Attached(Versioned):
    """A file of an original: a document below the text, or a picture.

    `title` says what a document is, or what is seen on a picture. `file_id` is the storage's.
    Those of one `position` stand as they came.
    """

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    text_id: Mapped[UUID]
    file_id: Mapped[UUID]
    title: Mapped[str]
    is_picture: Mapped[bool]
    added_at: Mapped[datetime]
    position: Mapped[int] = mapped_column(server_default="0", default=0)

    @property
    def path(self) -> str:
        """Where it is sent from, below the host."""
        raise NotImplementedError
