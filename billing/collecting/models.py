"""The tables of collecting: how each municipality is asked, what was told and seen there."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel


class By(StrEnum):
    """Who asks for the money of our invoices."""

    BANK = "bank"  # nobody: the invoice names an account
    STRIPE = "stripe"


class Sent(StrEnum):
    """Where a measure stands."""

    WAITING = "waiting"
    DONE = "done"
    TOO_LATE = "too late"  # older than the collector takes: our invoice has it all the same
    REFUSED = "refused"


class Collection(SharedModel):
    """How a municipality is asked, and by which names the collector knows it.

    `since` is the first month that is collected so. `choice_id` is the form by which it was
    chosen. `findings` is what the last look has found, told in words when it is shown.
    """

    __tablename__ = "billing_collection"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str]
    email: Mapped[str]
    since: Mapped[date]
    choice_id: Mapped[UUID] = mapped_column(unique=True)
    chosen_at: Mapped[datetime]
    chosen_by: Mapped[str]
    customer_id: Mapped[str] = mapped_column(default="", index=True)
    agreement_id: Mapped[str] = mapped_column(default="")
    looked_at: Mapped[datetime | None]
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)


class MeterEvent(SharedModel):
    """The outbox of measures: a row for each row of `Use` that is paid by how much is used.

    `key` is that of the use, so each cause leaves once; `value` in counted units.
    """

    __tablename__ = "billing_meter_event"
    __table_args__ = (Index(None, "municipality", "state"),)
    municipality: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str]
    value: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    state: Mapped[str] = mapped_column(default=Sent.WAITING)


class AskedBill(SharedModel):
    """A bill of the collector as it was last seen; `number` of our invoice, 0 while it has none.

    `is_sent` once the letter that asks for it has left.
    """

    __tablename__ = "billing_asked_bill"
    id: Mapped[str] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(index=True)
    month: Mapped[date]
    number: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str]
    cents: Mapped[int] = mapped_column(BigInteger)
    came_cents: Mapped[int] = mapped_column(BigInteger)
    address: Mapped[str]
    is_sent: Mapped[bool] = mapped_column(default=False)
    seen_at: Mapped[datetime]


class CollectorEvent(SharedModel):
    """A message of the collector that was heard, so that it has its effect once."""

    __tablename__ = "billing_collector_event"
    event_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    at: Mapped[datetime]
