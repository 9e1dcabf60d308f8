"""Tables of assembly, in every municipality."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.entry import Entered
from obshto.platform.cases.models import CounterRow
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.petitions.models import PetitionSheetRow, PetitionStepRow, SignatureRow

ASSEMBLY = "tenant.assembly_assembly.id"
PETITION = "tenant.assembly_petition.id"


class AssemblyPetition(Entered, Versioned, TenantModel):
    """A petition on paper for a general assembly, from its draft until the assembly is called.

    `questions` has one of the agenda on each line. `sequence` is its number in the public list, 0
    before signing begins. `voters` is typed in with its source. Whoever began it acts for the
    committee of the law: its members stand on the paper, none is kept here.
    """

    __tablename__ = "assembly_petition"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_assembly_petition_state", "state", "id"),
        Index("ix_assembly_petition_number", "year", "sequence"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    year: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=0)
    unit: Mapped[str]
    quarter: Mapped[str]
    questions: Mapped[str]
    reasons: Mapped[str]
    voters: Mapped[int]
    voters_source: Mapped[str]
    state: Mapped[str]
    changed_at: Mapped[datetime]
    ended_on: Mapped[date | None]
    is_emptied: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def number(self) -> str:
        """The number in the public list as people say it: ПС-2026-3; empty before it has one."""
        return f"ПС-{self.year}-{self.sequence}" if self.sequence else ""


class AssemblyPetitionStep(PetitionStepRow, TenantModel):
    """What happened to a petition for an assembly on a day."""

    __tablename__ = "assembly_petition_step"
    __table_args__ = (Index("ix_assembly_petition_step_petition", "petition_id", "at"),)
    petition_id: Mapped[UUID] = mapped_column(ForeignKey(PETITION))


class AssemblySheet(PetitionSheetRow, TenantModel):
    """A numbered sheet of one petition."""

    __tablename__ = "assembly_sheet"
    petition_id: Mapped[UUID] = mapped_column(ForeignKey(PETITION), primary_key=True)


class AssemblySignature(SignatureRow, TenantModel):
    """A line of a sheet."""

    __tablename__ = "assembly_signature"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("petition_id", "sheet", "line"),
        Index(
            "uq_assembly_signature_person",
            "petition_id",
            "egn_index",
            unique=True,
            postgresql_where=text("fault = ''"),
        ),
    )
    petition_id: Mapped[UUID] = mapped_column(ForeignKey(PETITION))


class Assembly(HoldsControlRow, Versioned, TenantModel):
    """A general assembly of a settlement or a quarter, from the draft of its notice on.

    `unit` is an EKATTE code, empty where the municipality has none; `quarter` narrows it.
    `sequence` is its number in the public list, 0 before the notice. `voters` and `population` are
    typed in with their source; `petition_id` is the petition that called it, where its rows were
    entered here. `first_present` were there at the hour of the notice, `present` when
    it opened, an hour later if `is_late`. `counters` is how many people counted the votes.
    `work_ends_at` and `half_is_enough` are readings of the law: the first as it was when the
    assembly was announced, the second when its minutes were closed.
    """

    __tablename__ = "assembly_assembly"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_assembly_assembly_state", "state", "starts_at"),
        Index("ix_assembly_assembly_number", "year", "sequence"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    year: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=0)
    unit: Mapped[str]
    quarter: Mapped[str]
    population: Mapped[int]
    population_source: Mapped[str]
    voters: Mapped[int]
    voters_source: Mapped[str]
    caller: Mapped[str]
    document: Mapped[str]
    signatures: Mapped[int | None]
    petition_id: Mapped[UUID | None] = mapped_column(ForeignKey(PETITION), index=True)
    reasons: Mapped[str]
    starts_at: Mapped[datetime]
    place: Mapped[str]
    access: Mapped[str]
    state: Mapped[str]
    announced_on: Mapped[date | None]
    first_present: Mapped[int | None]
    present: Mapped[int | None]
    is_late: Mapped[bool] = mapped_column(default=False, server_default=false())
    began_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    counters: Mapped[int | None]
    work_ends_at: Mapped[int] = mapped_column(default=0, server_default="0")
    half_is_enough: Mapped[bool] = mapped_column(default=False, server_default=false())
    file_id: Mapped[UUID | None]
    changed_at: Mapped[datetime]
    entered_by_id: Mapped[UUID | None] = mapped_column(index=True)

    @property
    def number(self) -> str:
        """The number in the public list as people say it: ОС-2026-3; empty before it has one."""
        return f"ОС-{self.year}-{self.sequence}" if self.sequence else ""


class AssemblyQuestion(Versioned, TenantModel):
    """A point of the agenda: how it was voted, what was decided, what became of it.

    `ballot` is open, secret or none (not put to the vote), empty before the evening. `invalid` are
    ballots that count for nobody. `due_on` is the term of law of the next step, `late_for` the one
    that staff were told of.
    """

    __tablename__ = "assembly_question"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_assembly_question_assembly", "assembly_id", "position"),
        Index("ix_assembly_question_due", "due_on"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    assembly_id: Mapped[UUID] = mapped_column(ForeignKey(ASSEMBLY))
    position: Mapped[int]
    text: Mapped[str]
    state: Mapped[str]
    ballot: Mapped[str] = mapped_column(default="", server_default="")
    votes_for: Mapped[int | None]
    votes_against: Mapped[int | None]
    abstained: Mapped[int | None]
    invalid: Mapped[int | None]
    summary: Mapped[str] = mapped_column(default="", server_default="")
    decision: Mapped[str] = mapped_column(default="", server_default="")
    due_on: Mapped[date | None]
    late_for: Mapped[date | None]


class AssemblyStep(TenantModel):
    """What happened to an assembly, or to one of its questions, on a day; `words` are public."""

    __tablename__ = "assembly_step"
    __table_args__ = (Index("ix_assembly_step_assembly", "assembly_id", "happened_on"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    assembly_id: Mapped[UUID] = mapped_column(ForeignKey(ASSEMBLY))
    question_id: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.assembly_question.id"))
    name: Mapped[str]
    happened_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(index=True)
    words: Mapped[str]


class AssemblyCounter(CounterRow, TenantModel):
    """The last number of a public list in a year: of assemblies, of petitions."""

    __tablename__ = "assembly_counter"


MODELS = (
    *(AssemblyPetition, AssemblyPetitionStep, AssemblySheet, AssemblySignature),
    *(Assembly, AssemblyQuestion, AssemblyStep, AssemblyCounter),
)
