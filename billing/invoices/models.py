"""The tables of invoices: who issues, who receives, what was issued, what was paid."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, new_id
from obshto.platform.db.version import Versioned

TEN_DIGITS = 9_999_999_999


class Issuer(Versioned, SharedModel):
    """The one row of who issues invoices: what the law wants to stand on them, and the account.

    Without a VAT number no VAT is charged, and `exempt_because` says on which ground. The row is
    also the turn of who takes a number.
    """

    __tablename__ = "billing_issuer"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    eik: Mapped[str]
    vat_number: Mapped[str]
    address: Mapped[str]
    person: Mapped[str]
    iban: Mapped[str]
    bic: Mapped[str]
    bank: Mapped[str]
    vat_percent: Mapped[int]
    exempt_because: Mapped[str]
    due_days: Mapped[int]
    first_number: Mapped[int] = mapped_column(BigInteger)

    @property
    def requisites(self) -> dict[str, Any]:
        """What stands on a document for ever, however this row changes."""
        names = ("name", "eik", "vat_number", "address", "person", "iban", "bic", "bank")
        return {name: getattr(self, name) for name in names}


class Customer(Versioned, SharedModel):
    """How a municipality is written on its invoices."""

    __tablename__ = "billing_customer"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    eik: Mapped[str]
    vat_number: Mapped[str]
    address: Mapped[str]
    person: Mapped[str]

    @property
    def requisites(self) -> dict[str, Any]:
        names = ("name", "eik", "vat_number", "address", "person")
        return {name: getattr(self, name) for name in names}


class Invoice(SharedModel):
    """An invoice, or a credit note to one (`credits_id`). Once issued, nothing of it changes.

    `key` names the cause („kula:2026-10“), so that a month is invoiced once. All sums are cents
    and positive; a credit note takes away what it says. `lines` are words and numbers of the
    formula, told in words when they are shown.
    """

    __tablename__ = "billing_invoice"
    __table_args__ = (
        CheckConstraint(f"number BETWEEN 1 AND {TEN_DIGITS}", name="ten_digits"),
        CheckConstraint("net_cents > 0 AND vat_cents >= 0", name="positive"),
        Index(None, "municipality", "number"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    number: Mapped[int] = mapped_column(BigInteger, unique=True)
    municipality: Mapped[str]
    month: Mapped[date]
    issued_on: Mapped[date]
    event_on: Mapped[date]
    due_on: Mapped[date]
    issuer: Mapped[dict[str, Any]]
    buyer: Mapped[dict[str, Any]]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    net_cents: Mapped[int] = mapped_column(BigInteger)
    vat_percent: Mapped[int]
    vat_cents: Mapped[int] = mapped_column(BigInteger)
    exempt_because: Mapped[str]
    credits_id: Mapped[UUID | None] = mapped_column(ForeignKey("shared.billing_invoice.id"))
    reason: Mapped[str]
    issued_by: Mapped[str]

    @property
    def cents(self) -> int:
        """With VAT."""
        return self.net_cents + self.vat_cents

    @property
    def written_number(self) -> str:
        """Ten digits, as the law wants them."""
        return f"{self.number:010}"

    @property
    def is_credit(self) -> bool:
        return self.credits_id is not None


class CameBy(StrEnum):
    """The way on which money of a municipality comes."""

    BANK = "bank"
    STRIPE = "stripe"


class Remittance(SharedModel):
    """A payment of a municipality, or the taking back of one that was booked by mistake."""

    __tablename__ = "billing_remittance"
    __table_args__ = (CheckConstraint("cents <> 0", name="some"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    municipality: Mapped[str] = mapped_column(index=True)
    cents: Mapped[int] = mapped_column(BigInteger)
    received_on: Mapped[date]
    reference: Mapped[str]
    came_by: Mapped[str] = mapped_column(default=CameBy.BANK, server_default=CameBy.BANK)
    booked_at: Mapped[datetime]
    booked_by: Mapped[str]
    reverses_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("shared.billing_remittance.id"), unique=True
    )


class Reminder(SharedModel):
    """A municipality was reminded of an invoice on a day; once a day at most."""

    __tablename__ = "billing_reminder"
    invoice_id: Mapped[UUID] = mapped_column(
        ForeignKey("shared.billing_invoice.id"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    by: Mapped[str]
