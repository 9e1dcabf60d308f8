"""What the operations board shows: counts, states, runs; nothing that names a person."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, DateTime, Index, Integer, and_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, new_id


class Run(StrEnum):
    """What was done with a backup."""

    TAKEN = "taken"
    REHEARSED = "rehearsed"


class Beside(StrEnum):
    """How far a municipality is that was restored beside the living one."""

    FILLING = "filling"
    READY = "ready"
    LIVING = "living"  # swapped in; the one before it is kept for a time
    PUT_BACK = "put back"
    GONE = "gone"


class BackupRun(SharedModel):
    """One attempt to take or to rehearse a backup of a municipality, or of the region."""

    __tablename__ = "backup_run"
    __table_args__ = (Index(None, "municipality", "kind", "at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    municipality: Mapped[str]
    kind: Mapped[str]
    taken_at: Mapped[datetime]  # the moment of the backup
    is_good: Mapped[bool]
    trouble: Mapped[str]
    rows: Mapped[int] = mapped_column(BigInteger)
    size: Mapped[int] = mapped_column(BigInteger)  # bytes
    ms: Mapped[int]


OPEN = (Beside.FILLING, Beside.READY)  # nobody is led to it yet


class Restoration(SharedModel):
    """A municipality restored to a moment, beside the living one or already in its place.

    `schema` holds what was restored, `kept` what it took the place of, until `keep_until`.
    `found` compares each table with the living one.
    """

    __tablename__ = "restoration"
    __table_args__ = (Index(None, "municipality", "begun_at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    municipality: Mapped[str]
    taken_at: Mapped[datetime]
    begun_at: Mapped[datetime]
    state: Mapped[str]
    schema: Mapped[str]
    found: Mapped[dict[str, Any]]
    by: Mapped[str]
    swapped_at: Mapped[datetime | None]
    kept: Mapped[str | None]
    keep_until: Mapped[datetime | None]

    @classmethod
    def beside(cls, slug: str) -> ColumnElement[bool]:
        """What waits beside a municipality; there is one at most."""
        return and_(cls.municipality == slug, cls.state.in_(OPEN))

    @classmethod
    def swapped_into(cls, slug: str) -> ColumnElement[bool]:
        """What lives in a municipality while that which it took the place of is kept."""
        lives = and_(cls.municipality == slug, cls.state == Beside.LIVING)
        return and_(lives, cls.kept.is_not(None))


class RemovalRun(SharedModel):
    """One run that removed what lies outside the municipalities' tables and was kept long enough.

    `municipality` is empty for the server as a whole; `digest` is SHA-256 over the sorted names of
    what went, `kept` the moments of the copies that are left.
    """

    __tablename__ = "removal_run"
    __table_args__ = (Index(None, "kind", "municipality", "at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime]
    municipality: Mapped[str]
    kind: Mapped[str]
    took: Mapped[int]
    digest: Mapped[bytes | None]
    kept: Mapped[list[datetime]] = mapped_column(ARRAY(DateTime(timezone=True)))


class Reading(SharedModel):
    """A number or a state of a municipality, the last of its day; written by its own jobs."""

    __tablename__ = "reading"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]


class RequestMinute(SharedModel):
    """The requests of a minute in a municipality: how many, how many failed, how long they took.

    `buckets` counts them by `obshto.ops.telemetry.percentile.BOUNDS`.
    """

    __tablename__ = "request_minute"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    minute: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    requests: Mapped[int]
    errors: Mapped[int]
    buckets: Mapped[list[int]] = mapped_column(ARRAY(Integer))


class RequestHour(SharedModel):
    """The same of an hour, for each page of a municipality: which are slow."""

    __tablename__ = "request_hour"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    hour: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    endpoint: Mapped[str] = mapped_column(primary_key=True)
    requests: Mapped[int]
    errors: Mapped[int]
    buckets: Mapped[list[int]] = mapped_column(ARRAY(Integer))
