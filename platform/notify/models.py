"""The outbox of a municipality: every letter, from „accepted“ to „handed over“."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.keys.sealed import Sealed


class State(StrEnum):
    """How far a letter is. After a kill while handing over it is sent again under the same id."""

    ACCEPTED = "accepted"
    HANDING_OVER = "handing over"
    HANDED_OVER = "handed over"
    REFUSED = "refused"


class Message(TenantModel):
    """One letter to one person. `cause` makes a repeated job write it only once."""

    __tablename__ = "notify_message"
    __table_args__ = (UniqueConstraint("cause", "person_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cause: Mapped[UUID]
    fact: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    language: Mapped[str]
    recipient: Mapped[str] = mapped_column(Sealed("notify_message.recipient"))
    subject: Mapped[str] = mapped_column(Sealed("notify_message.subject"))
    text: Mapped[str] = mapped_column(Sealed("notify_message.text"))
    state: Mapped[str]
    accepted_at: Mapped[datetime]
    handed_over_at: Mapped[datetime | None]
    trouble: Mapped[str | None]
