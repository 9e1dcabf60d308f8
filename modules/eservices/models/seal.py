"""Former table of electronic seals; a job moves its rows into `platform.documents`."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class FormerSeal(Versioned, TenantModel):
    """`content` is PKCS #12 without a password, sealed for this row with the municipality's key.

    `subject` and `issuer` are the names in the certificate; `fingerprint` its SHA-256.
    """

    __tablename__ = "eservices_seal"
    __table_args__ = (UniqueConstraint("kind"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    subject: Mapped[str]
    issuer: Mapped[str]
    valid_until: Mapped[date]
    fingerprint: Mapped[str]
    put_at: Mapped[datetime]
    put_by_id: Mapped[UUID | None] = mapped_column(index=True)
    put_by: Mapped[str]
