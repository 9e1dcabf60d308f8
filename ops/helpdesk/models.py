"""Questions of municipal staff to the region's team; rows of the region."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Identity, Index
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, new_id
from obshto.platform.db.control_rows import LEAK_WATCH_NAME, hide_control_rows


class State(StrEnum):
    """Whose turn it is."""

    OPEN = "open"  # the team's
    ANSWERED = "answered"  # the municipality's
    CLOSED = "closed"


class Priority(StrEnum):
    """How soon somebody must look."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Kind(StrEnum):
    """What a line of the history tells."""

    SAID = "said"
    ARRANGED = "arranged"
    CLOSED = "closed"


class Ticket(SharedModel):
    """One question, from the asking to the mark that was given for the help.

    `page`, `module` and `browser` came along with it: where it hurt. `version` rises with every
    change; `minutes` is the sum of the help that was given.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        Index(None, "municipality", "id"),
        Index(None, "state", "municipality"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    number: Mapped[int] = mapped_column(Identity(always=True), unique=True)
    municipality: Mapped[str]
    title: Mapped[str]
    page: Mapped[str]
    module: Mapped[str]
    browser: Mapped[str]
    author_id: Mapped[UUID | None]
    author_name: Mapped[str]
    asked_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    state: Mapped[str]
    priority: Mapped[str]
    due_at: Mapped[datetime | None]
    assignee_id: Mapped[UUID | None]
    assignee_name: Mapped[str]
    minutes: Mapped[int]
    mark: Mapped[int | None]  # 1 to 5, after closing
    mark_words: Mapped[str]
    version: Mapped[int]


hide_control_rows(Ticket, Ticket.author_name != LEAK_WATCH_NAME)


class Entry(SharedModel):
    """One line of a ticket's history; never changed, but for a name that is erased."""

    __tablename__ = "ticket_entry"
    __table_args__ = (Index(None, "ticket_id", "id"), Index(None, "municipality", "at"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    ticket_id: Mapped[UUID] = mapped_column(ForeignKey(Ticket.id))
    municipality: Mapped[str]
    at: Mapped[datetime]
    author_id: Mapped[UUID | None]
    author_name: Mapped[str]
    is_team: Mapped[bool]
    kind: Mapped[str]
    text: Mapped[str]
    detail: Mapped[dict[str, Any]]
    minutes: Mapped[int]  # of help, for the sharing of costs

    @property
    def due_at(self) -> datetime | None:
        """Until when the team meant to answer, of a line that arranges."""
        due = self.detail.get("due")
        return datetime.fromisoformat(due) if due else None
