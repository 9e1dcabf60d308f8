"""Columns that every case has, every line of its history, every look at it, its counter."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import false
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from obshto.platform.cases.entry import Entered
from obshto.platform.db.base import new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class CaseRow(HoldsControlRow, Entered, Versioned):
    """One case under its entry number. The table names its keys and indexes.

    `applicant` is bound to the table's own name: what a table encrypted before stays readable.
    `due_on` is empty while no term runs; `late_for` is the term of which staff were told that it
    passed. `is_emptied` says that its years are over: what people wrote is gone.
    """

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    year: Mapped[int]
    sequence: Mapped[int]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    code_index: Mapped[bytes | None]
    state: Mapped[str]
    sent_at: Mapped[datetime]
    due_on: Mapped[date | None]
    assignee_id: Mapped[UUID | None] = mapped_column(index=True)
    assignee: Mapped[str]
    late_for: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    is_emptied: Mapped[bool] = mapped_column(default=False, server_default=false())

    @declared_attr
    def applicant(cls) -> Mapped[str]:  # noqa: N805
        return mapped_column(Encrypted(f"{cls.__tablename__}.applicant"))  # type: ignore[attr-defined]

    @property
    def number(self) -> str:
        """The entry number as people say it: 2026-00412."""
        return f"{self.year}-{self.sequence:05d}"


class CaseLineRow:
    """One thing that happened to a case; `case_id` is a key of the case's table.

    A note for colleagues (`is_internal`) is not told to the person.
    """

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID | None]
    case_id: Mapped[UUID]
    name: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(index=True)
    by_name: Mapped[str]
    ground: Mapped[str]
    is_internal: Mapped[bool]

    @declared_attr
    def words(cls) -> Mapped[str | None]:  # noqa: N805
        return mapped_column(Encrypted(f"{cls.__tablename__}.words"))  # type: ignore[attr-defined]


class LookRow:
    """Somebody of the staff opened a case, and said what for. The person sees it."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID | None]
    case_id: Mapped[UUID]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(index=True)
    by_name: Mapped[str]
    purpose: Mapped[str]


class CounterRow:
    """The last number given in a year. The row is locked until the transaction that took it ends.

    So a number that was rolled back is given again, and no number is given twice.
    """

    kind: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
