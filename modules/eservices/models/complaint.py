"""What somebody is not content with in their case, and what was answered."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.entry import Answerable
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class Complaint(Answerable, Versioned, TenantModel):
    """Under an entry number of its own, out of the same row of numbers as applications."""

    __tablename__ = "eservices_complaint"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("year", "sequence"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.eservices_case.id"), index=True)
    year: Mapped[int]
    sequence: Mapped[int]
    sent_at: Mapped[datetime]
    words: Mapped[str | None] = mapped_column(Encrypted("eservices_complaint.words"))
    answer: Mapped[str | None] = mapped_column(Encrypted("eservices_complaint.answer"))

    @property
    def number(self) -> str:
        """The entry number: 2026-00413."""
        return f"{self.year}-{self.sequence:05d}"
