"""A decision that waits for its second signature."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from obshto.modules.eservices.models.encrypted_answers import Answered
from obshto.platform.db.base import TenantModel


class Proposal(Answered, TenantModel):
    """What the official filled in, or „reasons“ of a refusal, sealed. Its id is the case's."""

    __tablename__ = "eservices_proposal"
    sealed_as: ClassVar[str] = "eservices_proposal.answers"
    id: Mapped[UUID] = mapped_column(ForeignKey("tenant.eservices_case.id"), primary_key=True)
    answers: Mapped[bytes]
    is_refusal: Mapped[bool]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(index=True)
    by_name: Mapped[str]
