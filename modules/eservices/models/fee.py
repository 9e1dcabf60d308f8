"""What is owed for a case."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel


class FeeState(StrEnum):
    """Paid is what `billing` says is paid."""

    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"


class Fee(TenantModel):
    """One charge of `billing` for one case; not a part of the case, so that money moves no form.

    `path` is where it is paid, `desk` where the counter takes it, `code` is read out there.
    `lowered_cents` is what the law takes off for delay; `returned_at` when that was asked back of
    what had been paid.
    """

    __tablename__ = "eservices_fee"
    __table_args__ = (
        CheckConstraint("cents > 0", name="positive"),
        UniqueConstraint("charge_id"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.eservices_case.id"), primary_key=True)
    charge_id: Mapped[UUID]
    reference: Mapped[str]
    kind: Mapped[str]
    path: Mapped[str]
    desk: Mapped[str]
    code: Mapped[str]
    cents: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(default=FeeState.OPEN, index=True)
    made_at: Mapped[datetime]
    paid_on: Mapped[date | None]
    late_days: Mapped[int] = mapped_column(default=0)
    lowered_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    returned_at: Mapped[datetime | None]

    @property
    def is_paid(self) -> bool:
        return self.state == FeeState.PAID

    @property
    def is_open(self) -> bool:
        return self.state == FeeState.OPEN
