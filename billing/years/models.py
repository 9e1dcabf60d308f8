"""The tables of the yearly account: what was spent or came from elsewhere, what was published."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, new_id


class Outlay(SharedModel):
    """Money spent on the shared service, or come for it from elsewhere than the municipalities.

    `programme` says out of which source. One that was entered by mistake is taken back by another
    that names it.
    """

    __tablename__ = "billing_outlay"
    __table_args__ = (CheckConstraint("cents > 0", name="positive"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    day: Mapped[date] = mapped_column(index=True)
    is_income: Mapped[bool]
    programme: Mapped[str]
    purpose: Mapped[str]
    cents: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    reverses_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("shared.billing_outlay.id"), unique=True
    )


class YearAccount(SharedModel):
    """The account of a year as it was published; a later row of the same year corrects it."""

    __tablename__ = "billing_year_account"
    __table_args__ = (Index(None, "year", "id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    year: Mapped[int]
    published_at: Mapped[datetime]
    published_by: Mapped[str]
    figures: Mapped[dict[str, Any]]
