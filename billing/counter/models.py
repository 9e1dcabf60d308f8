"""The table of the counter."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id


class Close(TenantModel):
    """A cashier has counted. The drawer is empty afterwards: what was in it was handed over.

    `expected_cents` is what the books say was in it, `pos_cents` the sum of the card terminal.
    """

    __tablename__ = "billing_close"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    closed_at: Mapped[datetime] = mapped_column(index=True)
    closed_by: Mapped[str]
    closed_by_id: Mapped[UUID | None] = mapped_column(index=True)
    expected_cents: Mapped[int] = mapped_column(BigInteger)
    counted_cents: Mapped[int] = mapped_column(BigInteger)
    pos_cents: Mapped[int] = mapped_column(BigInteger)
    note: Mapped[str]

    @property
    def lent_cents(self) -> int:
        """What the drawer paid out beyond what it took: somebody had put so much into it."""
        return max(0, -self.expected_cents)

    @property
    def difference_cents(self) -> int:
        """Counted less expected."""
        return self.counted_cents - self.expected_cents - self.lent_cents
