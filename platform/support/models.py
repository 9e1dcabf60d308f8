"""Tables of support: under which pseudonyms somebody supports a thing, how many do."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel
from obshto.platform.keys.encryption import Encrypted


class Support(TenantModel):
    """One pseudonym of somebody who supports a thing; `support_id` is shared by all of theirs.

    A pseudonym is a keyed hash, another one for each thing. `email` is kept of who has no account,
    to tell them of a change; `entered_by_id` is who of the staff typed it in. `matching_key` is
    one keyed hash for all things of a part, encrypted: it is read when two things are merged.
    """

    __tablename__ = "support_support"
    part: Mapped[str] = mapped_column(primary_key=True)
    object_id: Mapped[UUID] = mapped_column(primary_key=True)
    pseudonym: Mapped[bytes] = mapped_column(primary_key=True)
    support_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    email: Mapped[str | None] = mapped_column(Encrypted("support_support.email"))
    matching_key: Mapped[str | None] = mapped_column(Encrypted("support_support.matching_key"))
    language: Mapped[str]
    channel: Mapped[str]
    entered_by_id: Mapped[UUID | None] = mapped_column(index=True)
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class SupportCount(TenantModel):
    """How many support a thing: by themselves, entered by staff. Locked while one is counted.

    Under `former_ids` lay the supports of things that were merged into this one.
    """

    __tablename__ = "support_count"
    part: Mapped[str] = mapped_column(primary_key=True)
    object_id: Mapped[UUID] = mapped_column(primary_key=True)
    online: Mapped[int] = mapped_column(server_default="0")
    entered: Mapped[int] = mapped_column(server_default="0")
    former_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
