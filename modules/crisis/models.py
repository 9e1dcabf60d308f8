"""Tables of warnings: crises with their texts, the call list with its calls, the region's list."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class Crisis(TenantModel):
    """One danger from the first text to the all clear; a rehearsal is one that nobody sees.

    `edition` is the number of the last text that left, 0 while the first one waits.
    """

    __tablename__ = "crisis_crisis"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    is_rehearsal: Mapped[bool]
    edition: Mapped[int]
    written_at: Mapped[datetime] = mapped_column(index=True)
    begun_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]  # its first text was thrown away before it left

    @property
    def is_running(self) -> bool:
        return self.begun_at is not None and self.ended_at is None

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return "/crisis/" if self.is_rehearsal else f"/crisis/{self.id}"


class CrisisMessage(Versioned, TenantModel):
    """One text of a crisis, numbered; it replaces the one before it.

    `settlements` are EKATTE codes, none means the whole municipality. `changed_at` is from when
    who wrote it counts the minutes until they may confirm it alone.
    """

    __tablename__ = "crisis_message"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("crisis_id", "number"),
        Index("ix_crisis_message_waiting", "changed_at", postgresql_where=text("sent_at IS NULL")),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    crisis_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.crisis_crisis.id", ondelete="CASCADE")
    )
    number: Mapped[int]
    is_all_clear: Mapped[bool]
    title: Mapped[str]
    text: Mapped[str]
    advice: Mapped[str]
    phone: Mapped[str]
    settlements: Mapped[list[str]]
    written_at: Mapped[datetime]
    written_by: Mapped[str]
    written_by_id: Mapped[UUID | None] = mapped_column(index=True)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_id: Mapped[UUID | None] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
    confirmed_by: Mapped[str]
    confirmed_by_id: Mapped[UUID | None] = mapped_column(index=True)
    is_alone: Mapped[bool]  # who wrote it confirmed it, at night


class MessageChange(TenantModel):
    """Who changed which fields of a text while it waited; `version` is the one they changed."""

    __tablename__ = "crisis_change"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    message_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.crisis_message.id", ondelete="CASCADE"), index=True
    )
    version: Mapped[int]
    fields: Mapped[list[str]]
    at: Mapped[datetime]
    by_name: Mapped[str]
    by_id: Mapped[UUID | None] = mapped_column(index=True)


class CallContact(HoldsControlRow, Versioned, TenantModel):
    """Somebody who wants to be called in a disaster. A phone stands here once, by its keyed hash.

    `person_id` is who asked with an account; else `entered_by` wrote down what they said.
    """

    __tablename__ = "crisis_contact"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("phone_hash"),
        UniqueConstraint("person_id"),
        Index("ix_crisis_contact_settlement", "settlement", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    person_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(Encrypted("crisis_contact.name"))
    phone: Mapped[str] = mapped_column(Encrypted("crisis_contact.phone"))
    phone_hash: Mapped[bytes]
    note: Mapped[str] = mapped_column(Encrypted("crisis_contact.note"))
    settlement: Mapped[str]
    joins_rehearsals: Mapped[bool]
    agreed_at: Mapped[datetime]
    entered_by: Mapped[str]
    entered_by_id: Mapped[UUID | None] = mapped_column(index=True)


class CallState(StrEnum):
    """How a call stands. Of who was not called yet there is no row."""

    CALLING = "calling"
    REACHED = "reached"
    AGAIN = "again"
    UNREACHED = "unreached"  # somebody goes there


class ContactCall(Versioned, TenantModel):
    """One person called about one text: the row is the lock, so that nobody is called twice."""

    __tablename__ = "crisis_call"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("message_id", "contact_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]  # of the press that took it last
    message_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.crisis_message.id", ondelete="CASCADE")
    )
    contact_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.crisis_contact.id", ondelete="CASCADE"), index=True
    )
    state: Mapped[str]
    tries: Mapped[int]
    taken_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    caller: Mapped[str]
    caller_id: Mapped[UUID | None] = mapped_column(index=True)


class RegionalAlarm(SharedModel):
    """Dangers that stand now, for the region's pages: written by each municipality's own job."""

    __tablename__ = "regional_alarm"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    crisis_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    title: Mapped[str]
    places: Mapped[str]  # in Bulgarian
    path: Mapped[str]
    told_at: Mapped[datetime]
