"""The tables of money that goes back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from obshto.billing.charges.models import Payment
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class RefundState(StrEnum):
    """Of a refund. Approved means that the money is on its way."""

    ASKED = "asked"
    APPROVED = "approved"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


class DisputeState(StrEnum):
    """Of a payment that its owner disputes at the bank."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Refund(Versioned, TenantModel):
    """So many cents of one payment, asked for by one person, decided by another.

    `returned_cents` is what of it was not anybody's income when it went back; the rest was.
    """

    __tablename__ = "billing_refund"
    __table_args__ = (
        CheckConstraint("cents > 0", name="positive"),
        Index("ix_billing_refund_state", "state", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey(Payment.id), index=True)
    charge_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.billing_charge.id"), index=True)
    cents: Mapped[int] = mapped_column(BigInteger)
    returned_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(default=RefundState.ASKED)
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    asked_by_id: Mapped[UUID | None] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(index=True)
    provider_id: Mapped[str | None] = mapped_column(unique=True)
    done_at: Mapped[datetime | None]
    paid_out_by: Mapped[str | None]
    paid_out_by_id: Mapped[UUID | None] = mapped_column(index=True)
    close_id: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.billing_close.id"), index=True)
    payment: Mapped[Payment] = relationship(lazy="joined", innerjoin=True)


class Dispute(TenantModel):
    """The bank has taken the money back until it has decided."""

    __tablename__ = "billing_dispute"
    __table_args__ = (UniqueConstraint("gateway", "provider_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    gateway: Mapped[str]
    provider_id: Mapped[str]
    payment_id: Mapped[UUID] = mapped_column(ForeignKey(Payment.id), index=True)
    cents: Mapped[int] = mapped_column(BigInteger)
    fee_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    state: Mapped[str] = mapped_column(default=DisputeState.OPEN)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    payment: Mapped[Payment] = relationship(lazy="joined", innerjoin=True)
