"""Columns that a call has in every part."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import new_id
from obshto.platform.db.version import Versioned


class CallRow(Versioned):
    """One thing to be said by phone to somebody whom neither a letter nor an SMS reaches.

    `words` are those of the letter's subject, in Bulgarian, without who it is. After `until` it is
    too late to say them. `state` is a word of `states`; who called last and when is empty before.
    The table says whom it is about, and has that unique together with `cause`.
    """

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cause: Mapped[UUID]  # of the letter
    words: Mapped[str]
    until: Mapped[datetime]
    owed_at: Mapped[datetime]
    state: Mapped[str]
    called_at: Mapped[datetime | None]
    caller_id: Mapped[UUID | None] = mapped_column(index=True)
    caller: Mapped[str] = mapped_column(default="", server_default="")
