"""Table of followers: whom to write about which thing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel
from obshto.platform.keys.encryption import Encrypted


class Follower(TenantModel):
    """Somebody who follows a thing of a part: by account, confirmed address or confirmed phone.

    `pseudonym` is a keyed hash of the account, the address or the phone: each follows a thing once.
    """

    __tablename__ = "followers_follower"
    part: Mapped[str] = mapped_column(primary_key=True)
    object_id: Mapped[UUID] = mapped_column(primary_key=True)
    pseudonym: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    email: Mapped[str | None] = mapped_column(Encrypted("followers_follower.email"))
    phone: Mapped[str | None] = mapped_column(Encrypted("followers_follower.phone"))
    language: Mapped[str]
    at: Mapped[datetime]
