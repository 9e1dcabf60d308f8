"""Columns of an entry: its channel, who of the staff typed it in, who answered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column


class Entered:
    """`channel` is a word of `services/channels.py`; `entered_by` is empty where nobody helped."""

    channel: Mapped[str]
    entered_by_id: Mapped[UUID | None] = mapped_column(index=True)
    entered_by: Mapped[str]


class Answerable:
    """What staff answer once; `answered_by` is empty until then."""

    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[UUID | None] = mapped_column(index=True)
    answered_by: Mapped[str] = mapped_column(default="")
