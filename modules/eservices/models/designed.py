"""Services that the municipality made itself: the design under work, each version published."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.modules.eservices.models.encrypted_answers import Answered
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned

TRIAL = 0  # the number under which a design is tried out before it is published


class DesignedService(Versioned, TenantModel):
    """One service of the municipality. `design` is JSON of the definition's shape, as far as it is.

    `published` is the number of the version that new applications are made with, 0 before the
    first. Other municipalities may take over what is offered; since `regional_at` the region
    publishes it for all of them. A withdrawn one takes no applications; those under way are
    finished.
    """

    __tablename__ = "eservices_designed"
    __table_args__ = (UniqueConstraint("key"), UniqueConstraint("request_id"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    key: Mapped[str]
    title: Mapped[str]
    design: Mapped[str]
    published: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[UUID | None] = mapped_column(index=True)
    changed_by: Mapped[str]
    offered_at: Mapped[datetime | None]
    regional_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(default="")


class RecordedCase(Answered, Versioned, TenantModel):
    """A trial that was kept to be run again: what was typed and what followed of it, sealed.

    Who tries a service types what they know, so it may hold a real person's number.
    """

    __tablename__ = "eservices_recorded_case"
    __table_args__ = (UniqueConstraint("request_id"),)
    sealed_as: ClassVar[str] = "eservices_recorded_case.answers"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    service: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    answers: Mapped[bytes]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID | None] = mapped_column(index=True)
    recorded_by: Mapped[str]


class DesignedVersion(TenantModel):
    """One published version, as it is for ever: whoever applied with it is decided by it.

    Under `TRIAL` stands what is being tried out; nobody can apply with that.
    """

    __tablename__ = "eservices_designed_version"
    __table_args__ = (UniqueConstraint("service", "number"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    service: Mapped[str]
    number: Mapped[int]
    definition: Mapped[str]
    design: Mapped[str] = mapped_column(default="", server_default="")  # compiled from it
    note: Mapped[str]
    due_on: Mapped[date | None]  # the day by which who took it over needs it
    published_at: Mapped[datetime]
    published_by_id: Mapped[UUID | None] = mapped_column(index=True)
    published_by: Mapped[str]
