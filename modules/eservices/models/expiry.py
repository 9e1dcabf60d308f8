"""Expiry notice: that whoever holds a document with a term was told that it ends, and how."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel
from obshto.platform.db.version import Versioned

LETTER, NOBODY, BY_STAFF = "letter", "nobody", "staff"


class ExpiryNotice(Versioned, TenantModel):
    """One for each document: `way` is a letter of the portal, a member of staff, or nobody yet."""

    __tablename__ = "eservices_expiry"
    __table_args__ = (Index("ix_eservices_expiry_way", "way"),)
    document_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.eservices_document.id"), primary_key=True
    )
    way: Mapped[str]
    told_at: Mapped[datetime | None]
    told_by_id: Mapped[UUID | None] = mapped_column(index=True)
    told_by: Mapped[str]
