"""Values of law that are one for the whole country, each from a day, with its source."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, new_id
from obshto.platform.db.version import Versioned


class LegalValue(Versioned, SharedModel):
    """What holds from a day on: in hundredths, where it was read, who entered it."""

    __tablename__ = "legal_value"
    __table_args__ = (UniqueConstraint("name", "from_on"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    from_on: Mapped[date]
    hundredths: Mapped[int]
    source: Mapped[str]
    entered_by: Mapped[str]
    entered_at: Mapped[datetime]
