"""The table of training, one in every municipality."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted

CONTACT = "training_lesson.contact"  # what the ciphertext is bound to


class Lesson(Versioned, TenantModel):
    """One entry that citizens read until it is closed.

    `contact` is whom staff turn to: personal, so it lies sealed; nobody else sees it.
    """

    __tablename__ = "training_lesson"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    title: Mapped[str]
    text: Mapped[str]
    contact: Mapped[str | None] = mapped_column(Encrypted(CONTACT))
    author_id: Mapped[UUID | None] = mapped_column(index=True)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None
