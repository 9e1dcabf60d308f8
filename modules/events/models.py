"""The tables of events: a set in every municipality, and what the region shows of all."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.calendar.recurrence import Recurrence
from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.editorial.models import Attached, Earlier, Written
from obshto.platform.keys.encryption import Encrypted


class Timed:
    """Time and place of an event, with its changes.

    `exceptions` are days in ISO form. `changes` tells of single days of what repeats: the day
    (`on`), its new start and end (none where it is called off) and a sentence for people.
    `last_at` is a moment after which it never takes place, none where it has no end. `sequence`
    rises when the time, the place or the standing changes (RFC 5545, 3.8.7.4).
    """

    subject: Mapped[str]
    settlement: Mapped[str]  # an EKATTE code; empty for the whole municipality
    address: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    is_all_day: Mapped[bool]
    repeats: Mapped[str]
    repeats_until: Mapped[dt.date | None]
    exceptions: Mapped[list[str]]
    changes: Mapped[list[dict[str, Any]]]
    last_at: Mapped[datetime | None] = mapped_column(index=True)
    moved_from: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    note: Mapped[str]  # why it was called off or moved
    sequence: Mapped[int]

    @property
    def when(self) -> Recurrence:
        """Its time as the calendar counts it."""
        return Recurrence(
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            is_all_day=self.is_all_day,
            frequency=self.repeats,
            until=self.repeats_until,
            exceptions=frozenset(dt.date.fromisoformat(day) for day in self.exceptions),
        )


class Event(Timed, Written, TenantModel):
    """An event in one language; a translation carries words alone, its time is its original's.

    `announced_at` says that those who follow were told, `reminded_of` of which of its times, by
    its beginning, they were reminded last.
    """

    __tablename__ = "events_event"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "uq_events_event_translation",
            "translation_of",
            "language",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index(
            "ix_events_event_waiting",
            "published_at",
            postgresql_where=text("announced_at IS NULL AND published_at IS NOT NULL"),
        ),
    )
    translation_of: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.events_event.id"))
    is_free: Mapped[bool]
    price: Mapped[str]
    access: Mapped[str]
    organizer: Mapped[str]
    contact: Mapped[str]
    website: Mapped[str]
    announced_at: Mapped[datetime | None]
    reminded_of: Mapped[datetime | None]

    @property
    def path(self) -> str:
        """Path at which citizens read it, below the host and the language."""
        return f"/events/{self.translation_of or self.id}"


class Version(Earlier, TenantModel):
    """Earlier words of an event."""

    __tablename__ = "events_version"
    __table_args__ = (Index("ix_events_version_event", "event_id", text("replaced_at DESC")),)
    text_id: Mapped[UUID] = mapped_column("event_id", ForeignKey("tenant.events_event.id"))


class Attachment(Attached, TenantModel):
    """A file of an event. Its first picture stands above the text and in lists."""

    __tablename__ = "events_attachment"
    __table_args__ = (UniqueConstraint("request_id"),)
    text_id: Mapped[UUID] = mapped_column(
        "event_id", ForeignKey("tenant.events_event.id"), index=True
    )

    @property
    def path(self) -> str:
        return f"/events/files/{self.id}"


class Suggestion(Versioned, TenantModel):
    """Suggestion of a citizen. `event_id` is the draft that was made of it.

    `email` is how to tell what became of it, if they left one; `language` that of the letter.
    `picture_id` is a file that staff alone see; it goes with the decision, into the draft or away.
    """

    __tablename__ = "events_suggestion"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "ix_events_suggestion_waiting",
            "sent_at",
            postgresql_where=text("decided_at IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    title: Mapped[str]
    text: Mapped[str]
    settlement: Mapped[str]
    address: Mapped[str]
    organizer: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    email: Mapped[str] = mapped_column(Encrypted("events_suggestion.email"))
    language: Mapped[str]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[UUID | None] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    reason: Mapped[str]
    event_id: Mapped[UUID | None] = mapped_column(index=True)
    picture_id: Mapped[UUID | None]


class RegionalEvent(Timed, SharedModel):
    """Regional copy of a published event, written by its municipality's own job.

    `words` holds title and summary by language, `place` the settlement's names.
    """

    __tablename__ = "regional_event"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    words: Mapped[dict[str, Any]]
    place: Mapped[dict[str, str]]
    path: Mapped[str]
    published_at: Mapped[datetime]
    until: Mapped[datetime | None]
    changed_at: Mapped[datetime]
