"""Tables of mandates: the mandates, their journal, the counter of their numbers."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, false
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.models import CounterRow
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class Mandate(HoldsControlRow, Versioned, TenantModel):
    """A person lets an assistant do `acts` in their place to the end of `ends_on`.

    `person_id` is the profile of the person; of who has none an id of no profile, so that what is
    written for them belongs to somebody. `code_index` finds the mandate by the code of the letter,
    `viewer_index` by that of a relative, who may only read. `sheet` is the number of the signed
    paper, `strokes` what the person and the two witnesses wrote on a screen, an SVG path a line; a
    signed mandate has one of them. `ended_how` says by what way it ended.
    """

    __tablename__ = "mandates_mandate"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("code_index"),
        UniqueConstraint("viewer_index"),
        UniqueConstraint("year", "sequence"),
        Index("ix_mandates_mandate_list", "state", "ends_on", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    year: Mapped[int]
    sequence: Mapped[int]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    has_profile: Mapped[bool]
    code_index: Mapped[bytes | None]
    viewer_index: Mapped[bytes | None]
    name: Mapped[str] = mapped_column(Encrypted("mandates_mandate.name"))
    email: Mapped[str | None] = mapped_column(Encrypted("mandates_mandate.email"))
    phone: Mapped[str | None] = mapped_column(Encrypted("mandates_mandate.phone"))
    language: Mapped[str]
    relative: Mapped[str | None] = mapped_column(Encrypted("mandates_mandate.relative"))
    assistant_id: Mapped[UUID | None] = mapped_column(index=True)
    assistant: Mapped[str]
    acts: Mapped[list[str]] = mapped_column(ARRAY(Text))
    ends_on: Mapped[date]
    state: Mapped[str]
    prepared_at: Mapped[datetime]
    prepared_by_id: Mapped[UUID | None]
    prepared_by: Mapped[str]
    signed_on: Mapped[date | None]
    sheet: Mapped[str] = mapped_column(default="")
    witnesses: Mapped[str | None] = mapped_column(Encrypted("mandates_mandate.witnesses"))
    strokes: Mapped[str | None] = mapped_column(Encrypted("mandates_mandate.strokes"))
    signed_by_id: Mapped[UUID | None]
    signed_by: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]
    ended_how: Mapped[str] = mapped_column(default="")
    is_emptied: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def number(self) -> str:
        """The number as people say it: 2026-00012."""
        return f"{self.year}-{self.sequence:05d}"


class MandateAct(TenantModel):
    """A line of the journal: one act in the person's place, or that its pages were read.

    `act` is the word of a declared act; `events` are names of what came of it, `numbers` what they
    say they are about.
    """

    __tablename__ = "mandates_act"
    __table_args__ = (Index("ix_mandates_act_mandate", "mandate_id", "at"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    mandate_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.mandates_mandate.id"))
    at: Mapped[datetime]
    act: Mapped[str]
    is_write: Mapped[bool]
    events: Mapped[list[str]] = mapped_column(ARRAY(Text))
    numbers: Mapped[list[str]] = mapped_column(ARRAY(Text))


class MandateCounter(CounterRow, TenantModel):
    """The last number of mandates in a year."""

    __tablename__ = "mandates_counter"


MODELS = (Mandate, MandateAct, MandateCounter)
