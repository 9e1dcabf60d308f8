"""The table of short addresses, one in every municipality."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel


class PosterAddress(TenantModel):
    """The number that stands on paper for a published thing: it never means another one."""

    __tablename__ = "posters_address"
    __table_args__ = (UniqueConstraint("part", "object_id"),)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[str]
    object_id: Mapped[UUID]
    given_at: Mapped[datetime]
