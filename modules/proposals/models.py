"""Tables of proposals, in every municipality."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.entry import Answerable, Entered
from obshto.platform.cases.models import CaseLineRow, CaseRow, CounterRow
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted
from obshto.platform.moderation.models import HideableRow
from obshto.platform.questions.models import QuestionRow


class CitizenProposal(CaseRow, HideableRow, TenantModel):
    """One proposal. Its words are public; the author is, where `is_named`.

    `needs_mayor` and `needs_council` are the supports that were set when it was sent, 0 is never.
    The term runs from `handed_in_at`. `decision` and what follows from it stand here as the public
    reads them; `announce_by` is by when the author is told, `announced_at` when they were. What
    was `merged_into` another leads there.
    """

    __tablename__ = "proposals_proposal"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("code_index"),
        UniqueConstraint("year", "sequence"),
        Index("ix_proposals_proposal_queue", "state", "due_on", "id"),
        Index("ix_proposals_proposal_place", "settlement", "subject", "sent_at"),
    )
    subject: Mapped[str]
    settlement: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    title: Mapped[str]
    text: Mapped[str]
    reason: Mapped[str]
    place: Mapped[str]
    cost: Mapped[str]
    is_named: Mapped[bool]
    email: Mapped[str | None] = mapped_column(Encrypted("proposals_proposal.email"))
    phone: Mapped[str | None] = mapped_column(Encrypted("proposals_proposal.phone"))
    language: Mapped[str]
    picture_id: Mapped[UUID | None]
    shows_picture: Mapped[bool] = mapped_column(default=False)
    needs_mayor: Mapped[int]
    needs_council: Mapped[int]
    department: Mapped[str] = mapped_column(default="")
    handed_in_at: Mapped[datetime | None]
    extension: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(default="")
    follow_up: Mapped[str] = mapped_column(default="")
    follow_up_by: Mapped[str] = mapped_column(default="")
    follow_up_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    announce_by: Mapped[date | None]
    announced_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
    outcome_picture_id: Mapped[UUID | None]
    hidden_why: Mapped[str] = mapped_column(default="")
    merged_into: Mapped[UUID | None] = mapped_column(
        ForeignKey("tenant.proposals_proposal.id"), index=True
    )

    @property
    def path(self) -> str:
        """The public page, below the host and the language."""
        return f"/proposals/{self.id}"


class ProposalVersion(TenantModel):
    """The words of a proposal as they stood from a moment on.

    `hidden_at`: these were mended while they were hidden, so nobody reads them any more.
    """

    __tablename__ = "proposals_version"
    __table_args__ = (UniqueConstraint("proposal_id", "number"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.proposals_proposal.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    title: Mapped[str]
    text: Mapped[str]
    reason: Mapped[str]
    place: Mapped[str]
    cost: Mapped[str]
    hidden_at: Mapped[datetime | None]


class ProposalMilestone(TenantModel):
    """A threshold that was reached: once, whatever happens to the supports afterwards.

    `due_on` is by when whoever it is put to has to answer; `told_late_at` when staff were told that
    the council has not.
    """

    __tablename__ = "proposals_milestone"
    proposal_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.proposals_proposal.id"), primary_key=True
    )
    level: Mapped[str] = mapped_column(primary_key=True)
    needed: Mapped[int]
    reached_at: Mapped[datetime]
    due_on: Mapped[date]
    told_late_at: Mapped[datetime | None]


class ProposalCoauthor(TenantModel):
    """Somebody who writes along, or is invited to: until then the address, after it the account."""

    __tablename__ = "proposals_coauthor"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("proposal_id", "person_id"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.proposals_proposal.id"))
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    email: Mapped[str | None] = mapped_column(Encrypted("proposals_coauthor.email"))
    name: Mapped[str | None] = mapped_column(Encrypted("proposals_coauthor.name"))
    is_named: Mapped[bool] = mapped_column(default=False)
    invited_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]


class ProposalMerge(Versioned, TenantModel):
    """A question whether two proposals become one; both authors must agree, by asking too.

    `asked_from` is the proposal whose author asks, none where a clerk does. `outcome` is empty
    while an answer is awaited.
    """

    __tablename__ = "proposals_merge"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_proposals_merge_into_id", "into_id"),
        Index("ix_proposals_merge_proposal_id", "proposal_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.proposals_proposal.id"))
    into_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.proposals_proposal.id"))
    asked_at: Mapped[datetime]
    asked_from: Mapped[UUID | None]
    agreed_at: Mapped[datetime | None]
    into_agreed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")


class ProposalQuestion(QuestionRow, Entered, Answerable, TenantModel):
    """A question under a proposal, to its author or to the municipality (`addressee`).

    Of a citizen who has no account it waits for `confirmed_at`, with links to other sites
    (`is_held`) for a moderator. What is hidden lies encrypted in
    `hidden_words` and nowhere else. `is_official`: the answer is the municipality's. An addition
    that its author took up stands in the text from `entered_version` on.
    """

    __tablename__ = "proposals_question"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("code_index"),
        Index("ix_proposals_question_proposal", "proposal_id", "asked_at"),
        Index("ix_proposals_question_queue", "answered_at", "asked_at"),
    )
    proposal_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.proposals_proposal.id"))
    code_index: Mapped[bytes | None]
    addressee: Mapped[str]
    words: Mapped[str]
    hidden_words: Mapped[str | None] = mapped_column(Encrypted("proposals_question.hidden_words"))
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    is_held: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_official: Mapped[bool] = mapped_column(default=False)
    entered_version: Mapped[int | None]


class ProposalLine(CaseLineRow, TenantModel):
    """One thing that happened to a proposal."""

    __tablename__ = "proposals_line"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_proposals_line_case", "case_id", "at"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.proposals_proposal.id"))


class ProposalCounter(CounterRow, TenantModel):
    """The last number of proposals in a year."""

    __tablename__ = "proposals_counter"


MODELS = (
    *(CitizenProposal, ProposalVersion, ProposalMilestone, ProposalLine),
    *(ProposalCounter, ProposalMerge, ProposalCoauthor, ProposalQuestion),
)
