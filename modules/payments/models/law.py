"""Until when a tax or fee of a year is paid, what is cheaper early, what lateness costs."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class Term(Versioned, TenantModel):
    """The days of one kind of income in one year; where there is none, the law's own hold.

    `due_on` are the last days of the instalments (ISO dates), one where the year has but one.
    """

    __tablename__ = "payments_term"
    __table_args__ = (
        UniqueConstraint("kind", "year"),
        CheckConstraint("discount_percent BETWEEN 0 AND 50", name="discount"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str]
    year: Mapped[int]
    due_on: Mapped[list[str]]
    discount_percent: Mapped[int]
    discount_until: Mapped[date | None]


class Rate(Versioned, TenantModel):
    """The legal interest from the first day of a half-year, in hundredths of a percent a year.

    Only what does not come with the platform, or was entered over it.
    """

    __tablename__ = "payments_rate"
    __table_args__ = (CheckConstraint("hundredths BETWEEN 0 AND 10000", name="rate"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    begins_on: Mapped[date] = mapped_column(unique=True)
    hundredths: Mapped[int]
