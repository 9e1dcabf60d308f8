"""Tables of results: the vote as it is counted, turnout, protocols, entries, what is owed after."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned

NIGHT = "tenant.results_night.id"
PROTOCOL = "tenant.results_protocol.id"


class VoteNight(Versioned, TenantModel):
    """One vote that another part called, from its first hour to its effect.

    `code_round` rises when all codes of sections are changed. `reported_at` is when the municipal
    commission reported. The numbers are what was announced, None before; `council_votes` alone
    together with local elections (`is_together`).
    """

    __tablename__ = "results_night"
    __table_args__ = (UniqueConstraint("vote_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    vote_id: Mapped[UUID]
    vote_on: Mapped[date]
    state: Mapped[str]
    is_together: Mapped[bool] = mapped_column(default=False, server_default=false())
    code_round: Mapped[int] = mapped_column(default=0, server_default="0")
    reported_at: Mapped[datetime | None]
    announced_on: Mapped[date | None]
    decision: Mapped[str] = mapped_column(default="", server_default="")
    voters: Mapped[int | None]
    participants: Mapped[int | None]
    yes: Mapped[int | None]
    no: Mapped[int | None]
    invalid: Mapped[int | None]
    council_votes: Mapped[int | None]
    is_adopted: Mapped[bool | None]
    changed_at: Mapped[datetime]


class NightStep(TenantModel):
    """What happened to a result on a day; `words` are public."""

    __tablename__ = "results_step"
    __table_args__ = (Index("ix_results_step_night", "night_id", "happened_on"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    night_id: Mapped[UUID] = mapped_column(ForeignKey(NIGHT))
    name: Mapped[str]
    happened_on: Mapped[date]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(index=True)
    by_name: Mapped[str]
    words: Mapped[str]


class TurnoutReport(Versioned, TenantModel):
    """How many had voted in a section by a full hour; a number, never a name.

    `by_id` is the clerk who wrote down what was phoned in, None where the section reported itself.
    """

    __tablename__ = "results_turnout"
    __table_args__ = (UniqueConstraint("vote_id", "section_id", "hour"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    vote_id: Mapped[UUID]
    section_id: Mapped[UUID]
    hour: Mapped[int]
    voted: Mapped[int]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(index=True)


class SectionProtocol(Versioned, TenantModel):
    """The protocol of one section (чл. 39, ал. 1): state, photo, numbers once they hold.

    `round` counts how often it was entered from the beginning. `words` say what the section has to
    correct, or why the numbers stand as they are; they are public.
    """

    __tablename__ = "results_protocol"
    __table_args__ = (UniqueConstraint("vote_id", "section_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    vote_id: Mapped[UUID]
    section_id: Mapped[UUID]
    number: Mapped[int]
    state: Mapped[str]
    round: Mapped[int] = mapped_column(default=0, server_default="0")
    words: Mapped[str] = mapped_column(default="", server_default="")
    file_id: Mapped[UUID | None]
    file_digest: Mapped[bytes | None]
    handed_at: Mapped[datetime | None]
    listed: Mapped[int | None]
    signed: Mapped[int | None]
    ballots: Mapped[int | None]
    yes: Mapped[int | None]
    no: Mapped[int | None]
    invalid: Mapped[int | None]
    complaints: Mapped[int | None]


class ProtocolEntry(TenantModel):
    """What one person read in a protocol; two people read each."""

    __tablename__ = "results_entry"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("protocol_id", "round", "place"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    protocol_id: Mapped[UUID] = mapped_column(ForeignKey(PROTOCOL))
    round: Mapped[int]
    place: Mapped[int]
    listed: Mapped[int]
    signed: Mapped[int]
    ballots: Mapped[int]
    yes: Mapped[int]
    no: Mapped[int]
    invalid: Mapped[int]
    complaints: Mapped[int]
    entered_at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(index=True)
    by_name: Mapped[str]


class ResultDuty(Versioned, TenantModel):
    """Who must do what by when after a result; `kind` is the place of publication, else empty."""

    __tablename__ = "results_duty"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_results_duty_night", "night_id", "due_on"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    night_id: Mapped[UUID] = mapped_column(ForeignKey(NIGHT))
    kind: Mapped[str]
    title: Mapped[str]
    owes: Mapped[str]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    proof: Mapped[str] = mapped_column(default="", server_default="")
    dropped_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="", server_default="")
    written_at: Mapped[datetime]


MODELS = (VoteNight, NightStep, TurnoutReport, SectionProtocol, ProtocolEntry, ResultDuty)
