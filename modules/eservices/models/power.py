"""Power of attorney that somebody showed once, to apply in another’s name until it ends."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint, false
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from obshto.modules.eservices.models.encrypted_answers import Answered
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class PowerOfAttorney(Answered, Versioned, TenantModel):
    """Who represents whom, in which services, to the end of `until`; checked by a clerk.

    `answers` hold names, numbers and the paper's own number under the names that the questions of
    services have. `representative_id` and `represented_id` are accounts, where there are such.
    Empty `services` are all, an empty `until` is no term. `file_id` is the storage’s; empty where
    the original is shown at the counter. `words` say why it was refused or what copy is needed.
    `ended_on` is the last day on which it could be used.
    """

    __tablename__ = "eservices_power"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("year", "sequence"),
        Index("ix_eservices_power_list", "state", "sent_at", "id"),
    )
    sealed_as: ClassVar[str] = "eservices_power.answers"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    year: Mapped[int]
    sequence: Mapped[int]
    state: Mapped[str]
    representative_id: Mapped[UUID | None] = mapped_column(index=True)
    represented_id: Mapped[UUID | None] = mapped_column(index=True)
    number_index: Mapped[bytes | None] = mapped_column(index=True)
    answers: Mapped[bytes] = mapped_column(deferred=True)  # only for who opened it
    services: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    until: Mapped[date | None]
    file_id: Mapped[UUID | None]
    sent_at: Mapped[datetime]
    words: Mapped[str | None] = mapped_column(Encrypted("eservices_power.words"), deferred=True)
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[UUID | None] = mapped_column(index=True)
    checked_by: Mapped[str] = mapped_column(default="", server_default="")
    ended_on: Mapped[date | None]
    ended_how: Mapped[str] = mapped_column(default="", server_default="")
    is_emptied: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def number(self) -> str:
        """The number as people say it: 2026-00012."""
        return f"{self.year}-{self.sequence:05d}"
