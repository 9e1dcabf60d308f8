"""Table of recorded looks at data of people, one in each municipality."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint, false
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.keys.encryption import Encrypted

REASON = "purposes_look.reason"  # as the column is called where its words are encrypted


class RecordedLook(TenantModel):
    """Somebody of the staff opened data of a person, and said what for.

    It points at the thing by part and id and outlives it. `subject_index` holds a keyed index for
    each way in which the person is known (account, e-mail, phone, personal number): none of them
    can be read back. `office` holds the roles at that time, `ground` the law at that time. `reason`
    is what somebody typed where no ready-made purpose fits. `is_namesake` says that the person and
    who looked have the same family name: no name of the person is kept.
    """

    __tablename__ = "purposes_look"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_purposes_look_object", "part", "object_id", "at"),
        Index("ix_purposes_look_subject", "subject_index", postgresql_using="gin"),
        Index("ix_purposes_look_by", "by_id", "at"),
        Index("ix_purposes_look_at", "at", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID | None]
    part: Mapped[str]
    object_id: Mapped[UUID]
    subject_index: Mapped[list[bytes]] = mapped_column(ARRAY(LargeBinary))
    at: Mapped[datetime]
    by_id: Mapped[UUID | None]
    by_name: Mapped[str]
    office: Mapped[str]
    kinds: Mapped[list[str]]
    purpose: Mapped[str]
    ground: Mapped[str]
    reason: Mapped[str | None] = mapped_column(Encrypted(REASON), deferred=True)
    is_namesake: Mapped[bool] = mapped_column(default=False, server_default=false())
