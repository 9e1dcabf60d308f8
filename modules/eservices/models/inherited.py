"""Services that were taken over from another municipality: whose, which version, how it read."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class InheritedService(Versioned, TenantModel):
    """Where an own service comes from. What differs from `base`, the design as it was taken or last
    agreed to, is this municipality's.

    `number` is the version there that stands here, `newest` the last one that was heard of, needed
    by `due_on` where a law says so; `declined` the one that somebody refused, with the reason.
    What the region publishes is regional: none stands here while `number` is 0, and a version that
    nobody decided of comes by its day.
    """

    __tablename__ = "eservices_inherited"
    __table_args__ = (UniqueConstraint("service"), UniqueConstraint("origin"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    service: Mapped[str]
    municipality: Mapped[str]
    origin: Mapped[UUID]
    number: Mapped[int]
    base: Mapped[str]
    newest: Mapped[int]
    due_on: Mapped[date | None]
    declined: Mapped[int] = mapped_column(default=0)
    declined_because: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[UUID | None] = mapped_column(index=True)
    decided_by: Mapped[str]
    is_regional: Mapped[bool] = mapped_column(default=False, server_default=false())
    came_by_date: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def waits(self) -> bool:
        """Whether somebody has yet to say yes or no."""
        return self.newest > max(self.number, self.declined)
