"""The tables of the books: of each municipality, of the shared service of the region."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, TenantModel, new_id


class Posting(TenantModel):
    """So many cents move from `credit` to `debit`: one row is both sides, so the books balance.

    `key` names the cause, so that none is posted twice. The municipality's role may add and read;
    it can neither change nor delete. A mistake is mended by a posting the other way.
    """

    __tablename__ = "billing_posting"
    __table_args__ = (
        CheckConstraint("cents > 0", name="positive"),
        CheckConstraint("debit <> credit", name="two_accounts"),
        Index("ix_billing_posting_charge", "charge_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    debit: Mapped[str]
    credit: Mapped[str]
    cents: Mapped[int] = mapped_column(BigInteger)
    charge_id: Mapped[UUID | None]


class RegionalPosting(SharedModel):
    """The same in the books of the shared service; the web's login can only add and read.

    Accounts are those of `Regional`; with one municipality, or with none.
    """

    __tablename__ = "billing_regional_posting"
    __table_args__ = (
        CheckConstraint("cents > 0", name="positive"),
        CheckConstraint("debit <> credit", name="two_accounts"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    debit: Mapped[str]
    credit: Mapped[str]
    cents: Mapped[int] = mapped_column(BigInteger)
    municipality: Mapped[str | None] = mapped_column(index=True)
