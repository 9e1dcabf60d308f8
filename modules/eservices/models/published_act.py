"""Open register of a service: each document that was issued, as anybody may read of it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id


class PublishedAct(TenantModel):
    """A document as anybody may read of it: its number, its days, the answers that are public.

    `shown` holds answers by the name of their question. It is written when the document is issued,
    follows a correction, and goes when the case is emptied. What its service does not show any
    more stays here and is not told.
    """

    __tablename__ = "eservices_published_act"
    __table_args__ = (
        UniqueConstraint("case_id"),
        Index("ix_eservices_published_act_list", "service", "issued_on", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.eservices_case.id"))
    service: Mapped[str]
    number: Mapped[str]
    issued_on: Mapped[date]
    valid_until: Mapped[date | None]
    shown: Mapped[dict[str, Any]] = mapped_column(default=dict)
