"""Tables of the council, in every municipality. They name rows of meetings by id alone."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.models import CounterRow
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class Councillor(Versioned, TenantModel):
    """A member of the council in one term of office; `ends_on` is empty while it runs."""

    __tablename__ = "council_councillor"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    name: Mapped[str]
    party: Mapped[str]
    contact: Mapped[str]  # of the office, for everybody
    is_chair: Mapped[bool]
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]

    @property
    def path(self) -> str:
        return f"/council/members/{self.id}"

    def sits_on(self, day: date) -> bool:
        """The term runs on that day."""
        return self.begins_on <= day and (self.ends_on is None or day <= self.ends_on)


class Committee(Versioned, TenantModel):
    """A standing committee."""

    __tablename__ = "council_committee"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    title: Mapped[str]
    about: Mapped[str]


class CommitteeSeat(TenantModel):
    """A councillor in a committee, from a day to a day."""

    __tablename__ = "council_seat"
    __table_args__ = (
        Index(
            "uq_council_seat_running",
            *("committee_id", "councillor_id"),
            unique=True,
            postgresql_where=text("ends_on IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.council_committee.id"))
    councillor_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.council_councillor.id"), index=True
    )
    is_chair: Mapped[bool]
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]


class SessionMaterial(TenantModel):
    """A file of a point of the agenda."""

    __tablename__ = "council_material"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    session_id: Mapped[UUID] = mapped_column(index=True)
    item_id: Mapped[UUID]
    title: Mapped[str]
    file_id: Mapped[UUID]
    added_at: Mapped[datetime]


class SessionAttendance(Versioned, TenantModel):
    """Who of the councillors was there: their ids."""

    __tablename__ = "council_attendance"
    session_id: Mapped[UUID] = mapped_column(primary_key=True)
    present: Mapped[list[str]]


class RollCall(Versioned, TenantModel):
    """A vote by name about a motion. What was counted stands in its editions.

    `seats` is the number that majorities of all councillors are reckoned from, as it was on the
    day; `read_on` says which text of the law the majority was taken from. `entry_id` is the entry
    of the minutes that it writes.
    """

    __tablename__ = "council_vote"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("year", "number"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    session_id: Mapped[UUID] = mapped_column(index=True)
    item_id: Mapped[UUID]
    entry_id: Mapped[UUID] = mapped_column(default=new_id)
    held_on: Mapped[date]
    motion: Mapped[str]
    decision: Mapped[str]
    owner: Mapped[str]
    due_on: Mapped[date | None]
    majority: Mapped[str]
    ground: Mapped[str]
    read_on: Mapped[date]
    seats: Mapped[int]
    year: Mapped[int]
    number: Mapped[int | None]


class RollCallEdition(TenantModel):
    """One count of a vote. Never changed; `why` is empty for the first."""

    __tablename__ = "council_edition"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("vote_id", "edition"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    vote_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.council_vote.id"))
    edition: Mapped[int]
    why: Mapped[str]
    entered_at: Mapped[datetime]


class CouncillorVote(TenantModel):
    """How one councillor voted, in one count. Never changed."""

    __tablename__ = "council_ballot"
    edition_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.council_edition.id"), primary_key=True
    )
    councillor_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.council_councillor.id"), primary_key=True, index=True
    )
    choice: Mapped[str]


class DecisionCounter(CounterRow, TenantModel):
    """The last number of a decision in a year."""

    __tablename__ = "council_counter"


class Inquiry(Versioned, TenantModel):
    """A councillor's question and its answer. `late_for` is the term that was told of."""

    __tablename__ = "council_question"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_council_question_due", "due_on", postgresql_where=text("answered_on IS NULL")),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    councillor_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.council_councillor.id"), index=True
    )
    addressee: Mapped[str]
    title: Mapped[str]
    words: Mapped[str]
    asked_on: Mapped[date]
    due_on: Mapped[date]
    late_for: Mapped[date | None]
    answer: Mapped[str]
    answered_on: Mapped[date | None]

    @property
    def path(self) -> str:
        return f"/council/questions/{self.id}"


MODELS = (
    *(Councillor, Committee, CommitteeSeat, SessionMaterial, SessionAttendance),
    *(RollCall, RollCallEdition, CouncillorVote, DecisionCounter, Inquiry),
)
