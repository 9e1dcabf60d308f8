"""The tables of bank statements: files that were read, their lines."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from obshto.billing.charges.models import Charge, Payment
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class StatementState(StrEnum):
    """`booking` and `undoing` are what a job is at work on; of a dropped one no lines are left."""

    OPEN = "open"
    BOOKING = "booking"
    UNDOING = "undoing"
    DROPPED = "dropped"


class LineState(StrEnum):
    """Of a line. `known` stands elsewhere already, `debit` is what the municipality paid."""

    MATCHED = "matched"
    DOUBTFUL = "doubtful"
    FOREIGN = "foreign"
    DEBIT = "debit"
    KNOWN = "known"
    BOOKED = "booked"
    ASIDE = "aside"


class Doubt(StrEnum):
    """Why a line is doubtful."""

    SUM = "sum"
    PAID = "paid"
    CANCELLED = "cancelled"
    SEVERAL = "several"
    CODE = "code"
    LIKELY = "likely"
    UNDONE = "undone"
    USED = "used"


class Statement(Versioned, TenantModel):
    """One file of the bank. All sums are cents; `trouble` is why it could not be undone."""

    __tablename__ = "billing_statement"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[str]
    number: Mapped[str]
    iban: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]
    opening_cents: Mapped[int | None] = mapped_column(BigInteger)
    closing_cents: Mapped[int | None] = mapped_column(BigInteger)
    rows: Mapped[int]
    state: Mapped[str] = mapped_column(default=StatementState.OPEN)
    trouble: Mapped[str] = mapped_column(default="")
    read_at: Mapped[datetime]
    read_by: Mapped[str]
    read_by_id: Mapped[UUID | None] = mapped_column(index=True)
    booked_at: Mapped[datetime | None]


class StatementLine(Versioned, TenantModel):
    """One entry of an account; `cents` of what was paid out is below zero.

    `fingerprint` is the entry in whichever file it comes: all but `known` ones are unique by it.
    `is_chosen` says that somebody named the charge by hand; `attempts` is how often it was booked.
    """

    __tablename__ = "billing_statement_line"
    __table_args__ = (
        Index(
            "uq_billing_statement_line_fingerprint",
            "fingerprint",
            unique=True,
            postgresql_where=text("state <> 'known'"),
        ),
        Index("ix_billing_statement_line_statement", "statement_id", "state", "place"),
        Index("ix_billing_statement_line_state", "state", "booked_on"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    statement_id: Mapped[UUID] = mapped_column(ForeignKey(Statement.id))
    place: Mapped[int]
    fingerprint: Mapped[bytes]
    booked_on: Mapped[date]
    cents: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str]
    payer: Mapped[str | None] = mapped_column(Encrypted("billing_statement_line.payer"))
    payer_iban: Mapped[str | None] = mapped_column(Encrypted("billing_statement_line.payer_iban"))
    remittance: Mapped[str | None] = mapped_column(Encrypted("billing_statement_line.remittance"))
    state: Mapped[str]
    doubt: Mapped[str] = mapped_column(default="")
    is_chosen: Mapped[bool] = mapped_column(default=False)
    charge_id: Mapped[UUID | None] = mapped_column(ForeignKey(Charge.id), index=True)
    payment_id: Mapped[UUID | None] = mapped_column(ForeignKey(Payment.id), unique=True)
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str | None] = mapped_column(Encrypted("billing_statement_line.reason"))
    decided_by: Mapped[str | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(index=True)
    statement: Mapped[Statement] = relationship(lazy="raise")
    charge: Mapped[Charge | None] = relationship(lazy="joined")
