"""Tables of initiatives, in every municipality."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.entry import Entered
from obshto.platform.cases.models import CounterRow
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.keys.encryption import Encrypted
from obshto.platform.moderation.models import HideableRow
from obshto.platform.petitions.models import (
    MemberRow,
    PetitionSheetRow,
    PetitionStepRow,
    SignatureRow,
)

INITIATIVE = "tenant.initiatives_initiative.id"


class Initiative(HoldsControlRow, Entered, HideableRow, TenantModel):
    """What citizens propose to the council or a mayor, with a meeting, a committee and signatures.

    `unit` is the EKATTE code of a mayoralty, empty for the municipality. `sequence` is its number
    in the public list, 0 before the meeting. `late_for` is the term that staff were told of. Who
    chaired the meeting is read only where somebody may.
    """

    __tablename__ = "initiatives_initiative"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_initiatives_initiative_state", "state", "id"),
        Index("ix_initiatives_initiative_number", "year", "sequence"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    year: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=0)
    addressee: Mapped[str]
    unit: Mapped[str]
    question: Mapped[str]
    reasons: Mapped[str]
    state: Mapped[str]
    meeting_at: Mapped[datetime | None]
    meeting_place: Mapped[str] = mapped_column(default="")
    meeting_chair: Mapped[str | None] = mapped_column(
        Encrypted("initiatives_initiative.meeting_chair"), deferred=True
    )
    attended: Mapped[int | None]
    collects_until: Mapped[date | None]
    places: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    late_for: Mapped[date | None]
    changed_at: Mapped[datetime]
    ended_on: Mapped[date | None]
    is_emptied: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def number(self) -> str:
        """The number in the public list as people say it: ГИ-2026-3; empty before it has one."""
        return number_of(self.year, self.sequence)

    @property
    def path(self) -> str:
        """The public page, below the host and the language."""
        return f"/initiatives/{self.id}"


def number_of(year: int, sequence: int) -> str:
    """A number of the public list: ГИ-2026-3; empty before there is one."""
    return f"ГИ-{year}-{sequence}" if sequence else ""


class InitiativeMember(MemberRow, TenantModel):
    """A member of an initiative's committee."""

    __tablename__ = "initiatives_member"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("code_index"))
    petition_id: Mapped[UUID] = mapped_column(ForeignKey(INITIATIVE), index=True)
    person_id: Mapped[UUID | None] = mapped_column(index=True)


class InitiativeStep(PetitionStepRow, TenantModel):
    """What happened to an initiative on a day."""

    __tablename__ = "initiatives_step"
    __table_args__ = (Index("ix_initiatives_step_petition", "petition_id", "at"),)
    petition_id: Mapped[UUID] = mapped_column(ForeignKey(INITIATIVE))


class InitiativeSheet(PetitionSheetRow, TenantModel):
    """A numbered sheet of one initiative."""

    __tablename__ = "initiatives_sheet"
    petition_id: Mapped[UUID] = mapped_column(ForeignKey(INITIATIVE), primary_key=True)


class InitiativeSignature(SignatureRow, TenantModel):
    """A line of a sheet."""

    __tablename__ = "initiatives_signature"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("petition_id", "sheet", "line"),
        Index(
            "uq_initiatives_signature_person",
            "petition_id",
            "egn_index",
            unique=True,
            postgresql_where=text("fault = ''"),
        ),
    )
    petition_id: Mapped[UUID] = mapped_column(ForeignKey(INITIATIVE))


class InitiativeCounter(CounterRow, TenantModel):
    """The last number of the public list in a year."""

    __tablename__ = "initiatives_counter"


MODELS = (
    *(Initiative, InitiativeMember, InitiativeStep),
    *(InitiativeSheet, InitiativeSignature, InitiativeCounter),
)
