"""Columns that an invitation has in every module."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from obshto.platform.db.base import new_id
from obshto.platform.keys.encryption import Encrypted


class InvitationRow:
    """A group that is asked by name, which is public; `email` goes when nothing needs it any more.

    By `email_hash` it is invited once; without an address it is invited on paper. `sent_at` is when
    the letter left. The table has `request_id` unique, and its parent together with `email_hash`.
    """

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    name: Mapped[str]
    email_hash: Mapped[bytes | None]
    added_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    @declared_attr
    def email(cls) -> Mapped[str | None]:  # noqa: N805
        return mapped_column(Encrypted(f"{cls.__tablename__}.email"))  # type: ignore[attr-defined]
