"""What somebody began and has not sent: not an application."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.modules.eservices.models.encrypted_answers import Answered
from obshto.platform.cases.entry import Entered
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class Draft(Answered, Entered, Versioned, TenantModel):
    """Answers to the questions of one version. It belongs to a person, or to who holds its code.

    Of the code only a keyed hash is kept. `page` is where the person stopped.
    `prefilled` names the questions that the municipality answered from what it knew; `renews_id` is
    the document that ends, where it is asked for again; `power_id` the power of attorney under
    which it is filled in for somebody else.
    """

    __tablename__ = "eservices_draft"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("code_index"))
    sealed_as: ClassVar[str] = "eservices_draft.answers"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    service: Mapped[str]
    definition_version: Mapped[int]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    code_index: Mapped[bytes | None]
    answers: Mapped[bytes]
    page: Mapped[str]
    speed: Mapped[str] = mapped_column(default="ordinary")
    prefilled: Mapped[list[str]] = mapped_column(default=list)
    renews_id: Mapped[UUID | None]
    power_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("tenant.eservices_power.id"), index=True
    )
    reminded_at: Mapped[datetime | None]
    saved_at: Mapped[datetime] = mapped_column(index=True)
