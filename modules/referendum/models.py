"""Tables of referenda, in every municipality."""

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
from obshto.platform.petitions.models import (
    MemberRow,
    PetitionSheetRow,
    PetitionStepRow,
    SignatureRow,
)

PROPOSAL = "tenant.referendum_proposal.id"


class Referendum(HoldsControlRow, Entered, Versioned, TenantModel):
    """One question that somebody wants a local referendum on.

    `unit` is the EKATTE code of a mayoralty, empty for the municipality. `sequence` is its number
    in the public register, 0 before it stands there. `voters` with day and source is the number
    at the entry in the register, `voters_at_filing` the one when the petition was handed over.
    `ground` is the share that the signatures reached. `late_for` is the term that staff were told
    of. `begun_on` is when the council was told of it: the law of that day holds for it to the end.
    """

    __tablename__ = "referendum_proposal"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_referendum_proposal_state", "state", "id"),
        Index("ix_referendum_proposal_number", "year", "sequence"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    year: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=0)
    proposer: Mapped[str]
    unit: Mapped[str]
    question: Mapped[str]
    yes_means: Mapped[str]
    no_means: Mapped[str]
    reasons: Mapped[str]
    decider: Mapped[str]
    signers: Mapped[int]
    decision: Mapped[str]
    decision_on: Mapped[date | None]
    meeting_on: Mapped[date | None]
    state: Mapped[str]
    upheld_why: Mapped[str] = mapped_column(default="")
    voters: Mapped[int | None]
    voters_on: Mapped[date | None]
    voters_source: Mapped[str] = mapped_column(default="")
    voters_at_filing: Mapped[int | None]
    ground: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    late_for: Mapped[date | None]
    vote_on: Mapped[date | None]
    participants: Mapped[int | None]
    yes_votes: Mapped[int | None]
    changed_at: Mapped[datetime]
    begun_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    is_emptied: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def number(self) -> str:
        """The number in the public register as people say it: Р-2026-3; empty before it has one."""
        return f"Р-{self.year}-{self.sequence}" if self.sequence else ""


class Member(MemberRow, TenantModel):
    """A member of an initiative committee."""

    __tablename__ = "referendum_member"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("code_index"),
        Index("ix_referendum_member_person", "person_id"),
    )
    petition_id: Mapped[UUID] = mapped_column("proposal_id", ForeignKey(PROPOSAL), index=True)


class ProposalStep(PetitionStepRow, TenantModel):
    """What happened to a proposal on a day."""

    __tablename__ = "referendum_step"
    __table_args__ = (Index("ix_referendum_step_proposal", "proposal_id", "at"),)
    petition_id: Mapped[UUID] = mapped_column("proposal_id", ForeignKey(PROPOSAL))


class PetitionSheet(PetitionSheetRow, TenantModel):
    """A numbered sheet of one proposal's petition."""

    __tablename__ = "referendum_sheet"
    petition_id: Mapped[UUID] = mapped_column(ForeignKey(PROPOSAL), primary_key=True)


class Signature(SignatureRow, TenantModel):
    """A line of a sheet."""

    __tablename__ = "referendum_signature"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("petition_id", "sheet", "line"),
        Index(
            "uq_referendum_signature_person",
            "petition_id",
            "egn_index",
            unique=True,
            postgresql_where=text("fault = ''"),
        ),
    )
    petition_id: Mapped[UUID] = mapped_column(ForeignKey(PROPOSAL))


class Campaign(Versioned, TenantModel):
    """The campaign of one referendum; its acts wait for this row.

    `shown_at` is when both sides were shown last, in one moment.
    """

    __tablename__ = "referendum_campaign"
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey(PROPOSAL), primary_key=True)
    changed_at: Mapped[datetime]
    shown_at: Mapped[datetime | None]


class CampaignParty(Versioned, TenantModel):
    """A party, coalition or committee for the question or for the alternative (чл. 34, ал. 3).

    `side` is yes or no. `statement` waits, `shown` is what everybody reads.
    """

    __tablename__ = "referendum_party"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("code_index"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey(PROPOSAL), index=True)
    side: Mapped[str]
    name: Mapped[str]
    registered_on: Mapped[date]
    registered_by_id: Mapped[UUID | None] = mapped_column(index=True)
    code_index: Mapped[bytes]
    statement: Mapped[str] = mapped_column(default="", server_default="")
    written_at: Mapped[datetime | None]
    shown: Mapped[str] = mapped_column(default="", server_default="")


class CampaignEvent(Versioned, TenantModel):
    """Where people hear one side or both; `side` is yes, no or both."""

    __tablename__ = "referendum_campaign_event"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey(PROPOSAL), index=True)
    side: Mapped[str]
    title: Mapped[str]
    place: Mapped[str]
    starts_at: Mapped[datetime]
    is_cancelled: Mapped[bool] = mapped_column(default=False, server_default=false())


class HallRequest(Versioned, TenantModel):
    """A participant asks for a hall of the municipality; free of charge for both sides alike.

    `side` is that of the participant. `state` is asked, granted or refused. `reason` is public.
    What was granted is an event under the same `request_id`.
    """

    __tablename__ = "referendum_hall"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey(PROPOSAL), index=True)
    party_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.referendum_party.id"), index=True)
    side: Mapped[str]
    hall: Mapped[str]
    title: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(index=True)


class RegisterCounter(CounterRow, TenantModel):
    """The last number of the public register in a year."""

    __tablename__ = "referendum_counter"


MODELS = (
    *(
        Referendum,
        Member,
        ProposalStep,
        PetitionSheet,
        Signature,
        Campaign,
        CampaignParty,
        CampaignEvent,
        HallRequest,
        RegisterCounter,
    ),
)
