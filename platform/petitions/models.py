"""Columns of a petition's sheets and of the rows that people signed on them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import false
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from obshto.platform.db.base import new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class PetitionSheetRow:
    """A numbered sheet that was printed; `batch_id` is the request that printed it."""

    petition_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[UUID] = mapped_column(index=True)
    printed_at: Mapped[datetime]
    printed_by_id: Mapped[UUID | None] = mapped_column(index=True)


class SignatureRow(Versioned):
    """One line of a sheet. `fault` is ours, `finding` is what the register office's protocol says.

    `egn_index` finds the same person twice; the table has it unique among rows without a fault.
    After the term name, number and address are gone: what the row was worth stays.
    """

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    petition_id: Mapped[UUID]
    sheet: Mapped[int]
    line: Mapped[int]
    egn_index: Mapped[bytes | None]
    fault: Mapped[str]
    finding: Mapped[str] = mapped_column(default="")
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[UUID | None] = mapped_column(index=True)
    is_emptied: Mapped[bool] = mapped_column(default=False, server_default=false())

    @declared_attr
    def name(cls) -> Mapped[str | None]:  # noqa: N805
        return mapped_column(Encrypted(f"{cls.__tablename__}.name"))  # type: ignore[attr-defined]

    @declared_attr
    def egn(cls) -> Mapped[str | None]:  # noqa: N805
        return mapped_column(Encrypted(f"{cls.__tablename__}.egn"))  # type: ignore[attr-defined]

    @declared_attr
    def address(cls) -> Mapped[str | None]:  # noqa: N805
        return mapped_column(Encrypted(f"{cls.__tablename__}.address"))  # type: ignore[attr-defined]

    @declared_attr
    def note(cls) -> Mapped[str | None]:  # noqa: N805
        return mapped_column(Encrypted(f"{cls.__tablename__}.note"))  # type: ignore[attr-defined]


class MemberRow:
    """A member of a committee. Who has an account takes the place by a code.

    `petition_id` is a key of the petition's own table.
    """

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    petition_id: Mapped[UUID]
    person_id: Mapped[UUID | None]
    code_index: Mapped[bytes | None]
    is_chair: Mapped[bool]
    egn_index: Mapped[bytes | None]

    @declared_attr
    def name(cls) -> Mapped[str | None]:  # noqa: N805
        return mapped_column(Encrypted(f"{cls.__tablename__}.name"))  # type: ignore[attr-defined]

    @declared_attr
    def egn(cls) -> Mapped[str | None]:  # noqa: N805
        return mapped_column(Encrypted(f"{cls.__tablename__}.egn"))  # type: ignore[attr-defined]

    @declared_attr
    def address(cls) -> Mapped[str | None]:  # noqa: N805
        return mapped_column(Encrypted(f"{cls.__tablename__}.address"))  # type: ignore[attr-defined]


class PetitionStepRow:
    """What happened to a petition on a day, and when somebody wrote it down. `words` are public."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    petition_id: Mapped[UUID]
    name: Mapped[str]
    happened_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(index=True)
    by_name: Mapped[str]
    words: Mapped[str]
