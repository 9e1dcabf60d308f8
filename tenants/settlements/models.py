"""Tables of settlement profiles: one for each village that somebody wrote about, its versions."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class SettlementProfile(Versioned, TenantModel):
    """What the municipality itself knows; name, kind, code and point are the register's.

    `hours` is as `platform.opening_hours` stores it, `facts` a line each. `picture_id` is a file of
    the storage, `picture_alt` says what is to be seen on it.
    """

    __tablename__ = "tenants_settlement_profile"
    ekatte: Mapped[str] = mapped_column(primary_key=True)
    mayor: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    hours: Mapped[dict[str, Any]] = mapped_column(default=dict)
    facts: Mapped[str] = mapped_column(default="")
    picture_id: Mapped[UUID | None]
    picture_alt: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_id: Mapped[UUID | None]


class SettlementVersion(TenantModel):
    """How a profile stood before it was changed; pictures are not kept."""

    __tablename__ = "tenants_settlement_version"
    __table_args__ = (Index("ix_tenants_settlement_version_of", "ekatte", "replaced_at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    ekatte: Mapped[str]
    said: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    saved_by_id: Mapped[UUID | None]
    replaced_at: Mapped[datetime]
