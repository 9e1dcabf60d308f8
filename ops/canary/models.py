"""What the last look found, one row for each municipality."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel


class Look(SharedModel):
    """`leaks` are addresses where a mark stood that must not stand there; `blind` the parts whose
    own mark was planted and seen nowhere, `unplanted` those that nobody planted one in.
    """

    __tablename__ = "canary_look"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    probes: Mapped[int]
    leaks: Mapped[list[dict[str, Any]]]
    blind: Mapped[list[str]]
    unplanted: Mapped[list[str]]
