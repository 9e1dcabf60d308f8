"""Counters of the brake: how often something was sent from somewhere, under a hidden name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel


class Count(SharedModel):
    """One window of one thing from one neighbourhood, or one sum that was answered.

    The table is unlogged: it stands in no backup and no copy, and is empty after a crash.
    """

    __tablename__ = "brake_count"
    key: Mapped[bytes] = mapped_column(primary_key=True)
    times: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(index=True)
