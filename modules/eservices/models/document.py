"""A document that was issued: what was signed, and what anybody may know of it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel
from obshto.platform.documents.models import CorrectableRow
from obshto.platform.keys.encryption import decrypt_for, encrypt_for

KEPT_AS = "eservices_document.printed"


class IssuedDocument(CorrectableRow, TenantModel):
    """What a case ended with; a check by its code finds it beside other documents.

    Of a case one is in force; those that a corrected one replaced stay. `printed` is its text, a
    line each, encrypted for the row; None of what was issued before it was kept.
    """

    __tablename__ = "eservices_document"
    __table_args__ = (
        Index("ix_eservices_document_case_id", "case_id"),
        Index(
            "uq_eservices_document_in_force",
            "case_id",
            unique=True,
            postgresql_where=text("replaced_at IS NULL"),
        ),
        UniqueConstraint("replaces_id"),
        UniqueConstraint("code"),
        UniqueConstraint("year", "sequence"),
        Index("ix_eservices_document_valid_until", "valid_until"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.eservices_case.id"))
    is_refusal: Mapped[bool]
    printed: Mapped[bytes | None] = mapped_column(deferred=True)

    def keep_text(self, text: str) -> None:
        """Encrypt what is printed for this row; its id must be known already."""
        self.printed = encrypt_for(KEPT_AS, self.id, text)

    def read_text(self) -> str | None:
        """What was printed, a line each; None where that was not kept, or was forgotten."""
        return decrypt_for(KEPT_AS, self.id, self.printed) if self.printed else None
