"""How an application came, and who of the staff typed it in."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column


class Entered:
    """`channel` is a word of `services/channels.py`; `entered_by` is empty where nobody helped."""

    channel: Mapped[str]
    entered_by_id: Mapped[UUID | None] = mapped_column(index=True)
    entered_by: Mapped[str]
