"""Tables of promises, in every municipality, and what the region shows of all."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.version import Versioned


class Promise(Versioned, TenantModel):
    """Something that the municipality said it would do by a day, entered by staff.

    `first_due_on` is the day as it was promised first. `settlement` is an EKATTE code, empty for
    the whole municipality. `owes` is a word of the thread's `OWES`, `office` whoever else owes it.
    `after_part` and `after_id` name the public thing that led to it, empty where none did.
    """

    __tablename__ = "promises_promise"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    title: Mapped[str]
    words: Mapped[str]
    settlement: Mapped[str]
    owes: Mapped[str]
    office: Mapped[str]
    given_on: Mapped[date]
    due_on: Mapped[date]
    first_due_on: Mapped[date]
    kept_on: Mapped[date | None]
    outcome: Mapped[str]
    dropped_on: Mapped[date | None]
    reason: Mapped[str]
    after_part: Mapped[str]
    after_id: Mapped[UUID | None]
    written_at: Mapped[datetime]

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/promises/{self.id}"

    @property
    def is_open(self) -> bool:
        """Neither kept nor dropped."""
        return self.kept_on is None and self.dropped_on is None


class RegionalPromises(SharedModel):
    """How many promises of a municipality stand how; written by its own job."""

    __tablename__ = "regional_promises"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    late: Mapped[int]
    open: Mapped[int]
    kept: Mapped[int]
    kept_late: Mapped[int]
    dropped: Mapped[int]
    counted_on: Mapped[date]


class RegionalPromise(SharedModel):
    """Regional copy of a promise, a station of a thread, written by its municipality's own job.

    `thing` is the title of what it belongs to, `thread_id` the line in which it is read there.
    """

    __tablename__ = "regional_promise"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    promise_id: Mapped[UUID] = mapped_column(primary_key=True)
    part: Mapped[str]
    word: Mapped[str]
    position: Mapped[int]
    thing: Mapped[str]
    thread_id: Mapped[UUID]
    title: Mapped[str]
    owes: Mapped[str]
    reason: Mapped[str]
    due_on: Mapped[date | None]
    first_due_on: Mapped[date | None]
    reached_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    comes_by_itself: Mapped[bool]


MODELS = (Promise, RegionalPromises, RegionalPromise)
