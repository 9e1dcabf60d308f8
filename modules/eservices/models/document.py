"""A document that was issued: what was signed, and what anybody may know of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id


class IssuedDocument(TenantModel):
    """The bytes lie sealed for their row and are read only when somebody opens the file.

    `code` is random and printed; it says nothing by itself.

    `fingerprint` is SHA-256 of the file, so that two copies can be compared.
    `seal_subject` is whose electronic seal it carries, `seal_issuer` who gave that certificate;
    empty where it is signed by hand.
    """

    __tablename__ = "eservices_document"
    __table_args__ = (
        UniqueConstraint("case_id"),
        UniqueConstraint("code"),
        UniqueConstraint("year", "sequence"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.eservices_case.id"))
    code: Mapped[str]
    year: Mapped[int]
    sequence: Mapped[int]
    title: Mapped[str]
    is_refusal: Mapped[bool]
    is_trial: Mapped[bool]
    issued_at: Mapped[datetime]
    valid_until: Mapped[date | None]
    fingerprint: Mapped[str]
    seal_subject: Mapped[str | None]
    seal_issuer: Mapped[str | None]
    pdf: Mapped[bytes] = mapped_column(deferred=True)

    @property
    def number(self) -> str:
        """The outgoing number: 2026-00007."""
        return f"{self.year}-{self.sequence:05d}"
