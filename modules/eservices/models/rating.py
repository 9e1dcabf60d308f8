"""How content somebody was with a service."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.entry import Answerable
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class Rating(Answerable, Versioned, TenantModel):
    """One for each case: 1 is bad, 3 is good. `settlement` is „с. Раковица“, for the statistics."""

    __tablename__ = "eservices_rating"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("case_id"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.eservices_case.id"))
    service: Mapped[str]
    settlement: Mapped[str]
    channel: Mapped[str]
    score: Mapped[int]
    rated_at: Mapped[datetime] = mapped_column(index=True)
    comment: Mapped[str | None] = mapped_column(Encrypted("eservices_rating.comment"))
    answer: Mapped[str | None] = mapped_column(Encrypted("eservices_rating.answer"))
