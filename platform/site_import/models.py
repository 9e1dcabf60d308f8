"""What was brought of an old site, and what was made of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned


class ExportState(StrEnum):
    """How far an export has come."""

    READING = "reading"
    REFUSED = "refused"
    READY = "ready"  # somebody looks at what would be made
    MAKING = "making"
    DONE = "done"


class Export(HoldsControlRow, Versioned, TenantModel):
    """A file of an old site. `file_id` is the storage's, until it has been read.

    `trouble` says why it was refused; `shelves` where the texts of each part are to stand.
    """

    __tablename__ = "moving_export"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    file_id: Mapped[UUID | None]
    name: Mapped[str]
    state: Mapped[str]
    trouble: Mapped[str]
    as_drafts: Mapped[bool]
    shelves: Mapped[dict[str, Any]]
    sent_at: Mapped[datetime] = mapped_column(index=True)


class OldItem(TenantModel):
    """A text of the export. `verdict` is empty where it will be made, else a word of `verdicts`.

    `old_key` names it in its old site, `old_path` is where it stood there, below the host.
    """

    __tablename__ = "moving_item"
    __table_args__ = (
        Index("ix_moving_item_export", "export_id", "number"),
        Index(
            "ix_moving_item_waiting",
            "export_id",
            "number",
            postgresql_where=text("verdict = '' AND new_path IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    export_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.moving_export.id"))
    number: Mapped[int]
    kind: Mapped[str]
    old_key: Mapped[str]
    old_path: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    markdown: Mapped[str]
    published_at: Mapped[datetime | None]
    pictures: Mapped[int]  # that were left behind
    verdict: Mapped[str]
    new_path: Mapped[str | None]


class Moved(TenantModel):
    """What was made of a text of an old site: never twice, and its old address leads to it."""

    __tablename__ = "moving_moved"
    old_key: Mapped[str] = mapped_column(primary_key=True)
    old_path: Mapped[str] = mapped_column(index=True)
    new_path: Mapped[str]
    moved_at: Mapped[datetime]
