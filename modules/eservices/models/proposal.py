"""A decision that waits for its second signature, or for those who approve it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from obshto.modules.eservices.models.encrypted_answers import Answered
from obshto.platform.db.base import TenantModel


class Proposal(Answered, TenantModel):
    """What the official filled in, or „reasons“ of a refusal, sealed. Its id is the case's.

    `waits_for` is the role whose approval is next, `step` how many were given; empty where another
    official signs. Of an `is_correction` the answers are the text of the new document, its last day
    and what was wrong. `assigned_to` is who approves this step instead of the role.
    """

    __tablename__ = "eservices_proposal"
    sealed_as: ClassVar[str] = "eservices_proposal.answers"
    id: Mapped[UUID] = mapped_column(ForeignKey("tenant.eservices_case.id"), primary_key=True)
    answers: Mapped[bytes]
    is_refusal: Mapped[bool]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(index=True)
    by_name: Mapped[str]
    step: Mapped[int] = mapped_column(default=0, server_default="0")
    waits_for: Mapped[str] = mapped_column(default="", server_default="")
    assigned_to_id: Mapped[UUID | None] = mapped_column(index=True)
    is_correction: Mapped[bool] = mapped_column(default=False, server_default="false")
    assigned_to: Mapped[str] = mapped_column(default="", server_default="")
