"""Obligations that somebody pays together."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from obshto.modules.payments.models.obligation import Obligation, Payer
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class BundleState(StrEnum):
    """Paid is what `billing` says is paid."""

    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"


class Bundle(Versioned, TenantModel):
    """One charge of `billing` for some obligations of one payer. `path` is where it is paid.

    `holds_until` is the last day on which its discount is right, `paid_on` the day the money came.
    """

    __tablename__ = "payments_bundle"
    __table_args__ = (
        CheckConstraint("cents > 0", name="positive"),
        Index("ix_payments_bundle_payer", "payer_id", "state"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    payer_id: Mapped[UUID] = mapped_column(ForeignKey(Payer.id))
    charge_id: Mapped[UUID] = mapped_column(unique=True)
    path: Mapped[str]
    desk: Mapped[str]
    cents: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(default=BundleState.OPEN, index=True)
    made_at: Mapped[datetime]
    holds_until: Mapped[date | None]
    paid_on: Mapped[date | None] = mapped_column(index=True)
    pieces: Mapped[list[Piece]] = relationship(lazy="selectin", back_populates="bundle")

    @property
    def reference(self) -> str:
        """How `billing` knows it."""
        return f"payments:{self.id}"


class Piece(TenantModel):
    """What of a bundle pays one obligation: of its sum so much, so much less, so much interest."""

    __tablename__ = "payments_piece"
    bundle_id: Mapped[UUID] = mapped_column(
        ForeignKey(Bundle.id, ondelete="CASCADE"), primary_key=True
    )
    obligation_id: Mapped[UUID] = mapped_column(
        ForeignKey(Obligation.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    cents: Mapped[int] = mapped_column(BigInteger)
    discount_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    interest_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    bundle: Mapped[Bundle] = relationship(back_populates="pieces")
    obligation: Mapped[Obligation] = relationship(lazy="joined", innerjoin=True)
