"""The tables of charges: kinds of income, what is owed, attempts, money that came, messages."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class PaymentMethod(StrEnum):
    """How money comes by hand; others are the slugs of gateways."""

    CASH = "cash"
    POS = "pos"
    BANK = "bank"


class State(StrEnum):
    """Of a charge."""

    OPEN = "open"
    PAID = "paid"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """Of an attempt. `paid` is the end, whatever comes later."""

    STARTED = "started"
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


class Merchant(SharedModel):
    """By which name a provider knows a municipality. Written by the region's team alone."""

    __tablename__ = "billing_merchant"
    __table_args__ = (UniqueConstraint("gateway", "account"),)
    municipality: Mapped[str] = mapped_column(primary_key=True)
    gateway: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str]


class Kind(HoldsControlRow, Versioned, TenantModel):
    """A kind of income, with the code under which the budget's account tells it apart."""

    __tablename__ = "billing_kind"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)


class Charge(Versioned, TenantModel):
    """Something to be paid, once. All sums are cents.

    `reference` is how its maker calls it. `received_cents` is all that came and was not taken
    from us, `returned_cents` what of it went back before it was anybody's income, `refunded_cents`
    what went back although it had paid this, `settled_cents` what of it pays this.
    """

    __tablename__ = "billing_charge"
    __table_args__ = (
        CheckConstraint("cents > 0", name="positive"),
        CheckConstraint("settled_cents BETWEEN 0 AND cents", name="settled"),
        Index("ix_billing_charge_state", "state", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    reference: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(unique=True)
    kind_id: Mapped[UUID] = mapped_column(ForeignKey(Kind.id), index=True)
    cents: Mapped[int] = mapped_column(BigInteger)
    purpose: Mapped[str]
    payer: Mapped[str | None] = mapped_column(
        Encrypted("billing_charge.payer"),
        deferred=True,  # lists and sums do not show it
    )
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default=State.OPEN)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    received_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    settled_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    returned_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    refunded_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    allocations: Mapped[int] = mapped_column(default=0)
    kind: Mapped[Kind] = relationship(lazy="joined", innerjoin=True)

    @property
    def owed_cents(self) -> int:
        """What is still to be paid."""
        return 0 if self.state == State.CANCELLED else self.cents - self.settled_cents

    @property
    def held_cents(self) -> int:
        """What came and was not given back: it pays this charge, or is overpaid."""
        return self.received_cents - self.returned_cents

    @property
    def overpaid_cents(self) -> int:
        """What came and is nobody's income."""
        return self.held_cents - self.settled_cents

    @property
    def is_paid(self) -> bool:
        return self.state == State.PAID

    @property
    def by_kind(self) -> dict[str, int]:
        """Cents by the code of their kind of income: lines may be of others than the whole."""
        sums = Counter[str]()
        for line in self.lines or [{"cents": self.cents}]:
            sums[line.get("kind") or self.kind.code] += line["cents"]
        return dict(sums)

    @property
    def owed_by_kind(self) -> dict[str, int]:
        """Cents still owed by kind: a bank's paper bears one code, so each kind has its own."""
        settled, owed = self.settled_cents, {}
        for code, cents in self.by_kind.items():
            taken = min(settled, cents)
            settled -= taken
            if cents > taken:
                owed[code] = cents - taken
        return owed


class Attempt(TenantModel):
    """One try to pay through a gateway. `address` is where the person was sent."""

    __tablename__ = "billing_attempt"
    __table_args__ = (
        UniqueConstraint("charge_id", "number"),
        UniqueConstraint("gateway", "provider_id"),
        Index("ix_billing_attempt_step", "step", "started_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    charge_id: Mapped[UUID] = mapped_column(ForeignKey(Charge.id))
    number: Mapped[int]
    gateway: Mapped[str]
    provider_id: Mapped[str]
    address: Mapped[str]
    cents: Mapped[int] = mapped_column(BigInteger)
    step: Mapped[str] = mapped_column(default=Step.STARTED)
    started_at: Mapped[datetime]
    person_id: Mapped[UUID | None] = mapped_column(index=True)


class Payment(Versioned, TenantModel):
    """Money that came, with the number of its receipt. `provider_id` is unique for each way."""

    __tablename__ = "billing_payment"
    __table_args__ = (
        UniqueConstraint("way", "provider_id"),
        CheckConstraint("cents > 0", name="positive"),
        Index("ix_billing_payment_drawer", "taken_by_id", "close_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(unique=True)
    charge_id: Mapped[UUID] = mapped_column(ForeignKey(Charge.id), index=True)
    way: Mapped[str]
    provider_id: Mapped[str]
    cents: Mapped[int] = mapped_column(BigInteger)
    fee_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    back_cents: Mapped[int] = mapped_column(BigInteger, default=0)  # asked back, or taken back
    given_cents: Mapped[int | None] = mapped_column(BigInteger)  # in notes and coins
    received_at: Mapped[datetime]
    received_on: Mapped[date] = mapped_column(index=True)
    taken_by: Mapped[str]
    taken_by_id: Mapped[UUID | None]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    close_id: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.billing_close.id"), index=True)
    reversed_at: Mapped[datetime | None]
    reversed_because: Mapped[str | None]
    charge: Mapped[Charge] = relationship(lazy="joined", innerjoin=True)

    @property
    def change_cents(self) -> int:
        """What the cashier gives back at once."""
        return (self.given_cents or self.cents) - self.cents

    @property
    def left_cents(self) -> int:
        """What of it could still be given back."""
        return 0 if self.reversed_at else self.cents - self.back_cents


class Event(TenantModel):
    """A message of a provider that has had its effect; it never has another."""

    __tablename__ = "billing_event"
    gateway: Mapped[str] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    at: Mapped[datetime]
