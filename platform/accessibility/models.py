"""The table of what stood in people's way, one in every municipality."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class Barrier(Versioned, TenantModel):
    """Something of the portal that somebody could not use.

    `contact` is how to answer them, if they left it; `told_by_id` who was signed in. A day and no
    hour. `answered_at` is empty while it waits.
    """

    __tablename__ = "accessibility_barrier"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "ix_accessibility_barrier_waiting",
            "told_on",
            postgresql_where=text("answered_at IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    page: Mapped[str]
    words: Mapped[str] = mapped_column(Encrypted("accessibility_barrier.words"))
    contact: Mapped[str] = mapped_column(Encrypted("accessibility_barrier.contact"))
    told_on: Mapped[dt.date]
    told_by_id: Mapped[UUID | None] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
