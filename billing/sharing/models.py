"""The tables of the formula: its versions, who shares by which plan, what was used."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from obshto.billing.sharing.tariff_terms import Terms, terms_of
from obshto.platform.db.base import SharedModel, new_id
from obshto.platform.db.version import Versioned


class Tariff(Versioned, SharedModel):
    """A version of the formula with its plans, in force from the first day of a month.

    Once it is in force it can't be changed: a trigger refuses. `terms` is `Terms.row`.
    """

    __tablename__ = "billing_tariff"
    __table_args__ = (CheckConstraint("extract(day FROM in_force_on) = 1", name="first_day"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    in_force_on: Mapped[date] = mapped_column(unique=True)
    terms: Mapped[dict[str, Any]]
    reason: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str]

    @property
    def said(self) -> Terms:
        return terms_of(self.terms)


class Membership(SharedModel):
    """From this month on a municipality shares by this plan, until the next row of its own."""

    __tablename__ = "billing_membership"
    __table_args__ = (Index(None, "municipality", "since"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    municipality: Mapped[str]
    plan: Mapped[str]
    since: Mapped[date]
    made_at: Mapped[datetime]
    made_by: Mapped[str]


class Use(SharedModel):
    """So many units used by a municipality on a day. `key` names the cause: it counts once."""

    __tablename__ = "billing_use"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    word: Mapped[str]
    day: Mapped[date] = mapped_column(index=True)
    number: Mapped[int] = mapped_column(BigInteger)
