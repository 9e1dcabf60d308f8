"""The wrapped data keys of municipalities, in the region's schema."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.clock import now
from obshto.platform.db.base import SharedModel


class TenantKey(SharedModel):
    """One data key, readable only with a master key. Deleting all of a slug shreds its fields.

    No foreign key: a restored backup brings municipalities without bringing back their keys.
    """

    __tablename__ = "tenant_key"
    slug: Mapped[str] = mapped_column(primary_key=True)
    kid: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    wrapped: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=now)
    retired_at: Mapped[datetime | None]
