"""A paper that somebody photographed, scanned or had as a PDF."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class Attachment(Versioned, TenantModel):
    """It belongs to a draft, then to the case that the draft became; it is seen as they are.

    `paper` says which of the papers asked for it is. `file_id` is the storage's, which keeps it
    sealed. `added_by` is empty where the person brought it themselves.
    """

    __tablename__ = "eservices_attachment"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    draft_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("tenant.eservices_draft.id"), index=True
    )
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.eservices_case.id"), index=True)
    file_id: Mapped[UUID]
    paper: Mapped[str]
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID | None] = mapped_column(index=True)
    added_by: Mapped[str]
