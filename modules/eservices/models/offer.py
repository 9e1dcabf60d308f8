"""What a municipality says of each service, and the counters of its numbers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.models import CounterRow
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class Offer(Versioned, TenantModel):
    """How a service is offered here: online or on paper only, at what fee, who signs.

    `fee_cents` is empty where the municipality has not entered the council's fee yet. It is paid
    through the portal once `fee_kind` says under which income it is booked. `speeds` holds days
    and cents by the word of each speed beside the ordinary one. `bring` is one paper a line, beside
    those that the definition asks for. What was sent is kept for `keep_years` by `keep_law`.
    """

    __tablename__ = "eservices_offer"
    __table_args__ = (UniqueConstraint("service"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    service: Mapped[str]
    is_online: Mapped[bool]
    fee_cents: Mapped[int | None]
    official: Mapped[str]
    fee_kind: Mapped[str] = mapped_column(default="")
    pays_first: Mapped[bool] = mapped_column(default=False)
    portal_discount: Mapped[int] = mapped_column(default=0)
    speeds: Mapped[dict[str, Any]] = mapped_column(default=dict)
    needs_second: Mapped[bool] = mapped_column(default=False)
    bring: Mapped[str] = mapped_column(default="")
    keep_years: Mapped[int | None]
    keep_law: Mapped[str] = mapped_column(default="", server_default="")


class Counter(CounterRow, TenantModel):
    """The last number of applications and of documents in a year."""

    __tablename__ = "eservices_counter"
