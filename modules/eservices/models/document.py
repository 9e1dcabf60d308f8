"""A document that was issued: what was signed, and what anybody may know of it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel
from obshto.platform.documents.models import IssuedRow


class IssuedDocument(IssuedRow, TenantModel):
    """What a case ended with; a check by its code finds it beside other documents."""

    __tablename__ = "eservices_document"
    __table_args__ = (
        UniqueConstraint("case_id"),
        UniqueConstraint("code"),
        UniqueConstraint("year", "sequence"),
        Index("ix_eservices_document_valid_until", "valid_until"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.eservices_case.id"))
    is_refusal: Mapped[bool]
