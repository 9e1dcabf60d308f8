"""The rows of the activity log: one chain in each municipality, one for the region."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, FetchedValue, Index
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.control_rows import LEAK_WATCH_JOB, hide_control_rows


class AuditEntry(TenantModel):
    """One act, with the name as it was shown at the time.

    `seq`, `previous` and `hash` are written by a trigger: each row carries the hash of the one
    before it. The municipality's role may add and read; it can neither change nor delete.
    """

    __tablename__ = "audit_entry"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    seq: Mapped[int] = mapped_column(BigInteger, FetchedValue(), unique=True)
    at: Mapped[datetime]
    person_id: Mapped[UUID | None]
    person_name: Mapped[str]
    act: Mapped[str]
    subject_id: Mapped[UUID | None]
    detail: Mapped[dict[str, Any]]
    previous: Mapped[bytes] = mapped_column(FetchedValue())
    hash: Mapped[bytes] = mapped_column(FetchedValue())


class RegionalEntry(SharedModel):
    """One act of the region: a switch, a step-in, a restore; upon a municipality, or its own.

    Chained as those of a municipality. The login of web and worker may add and read.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "municipality", "id"), Index(None, "act", "id"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    seq: Mapped[int] = mapped_column(BigInteger, FetchedValue(), unique=True)
    at: Mapped[datetime]
    municipality: Mapped[str | None]
    person_id: Mapped[UUID | None]
    person_name: Mapped[str]
    act: Mapped[str]
    detail: Mapped[dict[str, Any]]
    previous: Mapped[bytes] = mapped_column(FetchedValue())
    hash: Mapped[bytes] = mapped_column(FetchedValue())


hide_control_rows(AuditEntry, AuditEntry.person_name != LEAK_WATCH_JOB)
