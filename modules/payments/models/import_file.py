"""Files of the tax program, and what each of them has changed."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from obshto.modules.payments.models.obligation import Obligation
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class ImportState(StrEnum):
    """`read` has changed nothing yet; `applying` and `undoing` are what a job is at work on."""

    READ = "read"
    APPLYING = "applying"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    DROPPED = "dropped"


class Import(HoldsControlRow, Versioned, TenantModel):
    """A file. `body` is its rows as text (JSON), sealed, kept only until they are brought in.

    `told` is what a job found that a large one would change (JSON, sealed); `done` is how many of
    its rows are in; `trouble` is why it could not be taken back: `paid`, `later`.
    """

    __tablename__ = "payments_import"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    name: Mapped[str]
    state: Mapped[str] = mapped_column(default=ImportState.READ, index=True)
    body: Mapped[str | None] = mapped_column(Encrypted("payments_import.body"), deferred=True)
    told: Mapped[str | None] = mapped_column(Encrypted("payments_import.told"), deferred=True)
    rows: Mapped[int]
    done: Mapped[int] = mapped_column(default=0, server_default="0")
    trouble: Mapped[str] = mapped_column(default="", server_default="")
    read_at: Mapped[datetime]
    read_by: Mapped[str]
    read_by_id: Mapped[UUID | None] = mapped_column(index=True)
    done_at: Mapped[datetime | None]
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    cents: Mapped[int] = mapped_column(BigInteger, default=0)  # of what was added and changed


class Trace(TenantModel):
    """What an import made of an obligation; `was_…` is empty where it brought a new one."""

    __tablename__ = "payments_trace"
    import_id: Mapped[UUID] = mapped_column(
        ForeignKey(Import.id, ondelete="CASCADE"), primary_key=True
    )
    obligation_id: Mapped[UUID] = mapped_column(
        ForeignKey(Obligation.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    was_cents: Mapped[int | None] = mapped_column(BigInteger)
    was_due_on: Mapped[date | None]
