"""Tables of votes: the election, its roll, its board."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned

ELECTION = "tenant.voting_election.id"


class Election(HoldsControlRow, Versioned, TenantModel):
    """One vote, as the commission sets it up.

    `uuid` is its name in Belenios: codes of the letters are derived with it. `raw` is the election
    as the tool wrote it, to the byte; its hash stands in every ballot. `credentials` and `trustees`
    are the public files of the roll and of the keys. `epoch` is the one time that all records of
    the board carry. `stage` is how far the board has come, `fault` why a step did not
    succeed, `lists` which letters are spare and were given. `decision_path` is where the council's
    decision is read, below the host, `decision_title` what it is called. `outcome` is to be carried
    out by `carry_by`. `is_standing` is a trial that the portal keeps open, its codes known to all.
    `villages` is turnout by village as it may be told: see `village_turnout`. `practised_on` is
    when the trustees had practised keys and opening.
    """

    __tablename__ = "voting_election"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("slug"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str]
    uuid: Mapped[str]
    is_trial: Mapped[bool]
    is_standing: Mapped[bool] = mapped_column(default=False, server_default=false())
    title: Mapped[str]
    intro: Mapped[str]
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    places: Mapped[str]
    decision: Mapped[str]
    decision_path: Mapped[str] = mapped_column(default="", server_default="")
    decision_title: Mapped[str] = mapped_column(default="", server_default="")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime] = mapped_column(index=True)
    credentials: Mapped[str] = mapped_column(default="", deferred=True)
    roll_size: Mapped[int] = mapped_column(default=0)
    roll_hash: Mapped[str] = mapped_column(default="")
    practised_on: Mapped[date | None]
    trustees: Mapped[str] = mapped_column(default="", deferred=True)
    trustee_count: Mapped[int] = mapped_column(default=0)
    threshold: Mapped[int] = mapped_column(default=0)
    raw: Mapped[str] = mapped_column(default="")
    epoch: Mapped[int] = mapped_column(default=0)
    stage: Mapped[str] = mapped_column(default="")
    fault: Mapped[str] = mapped_column(default="")
    announced_at: Mapped[datetime | None]
    result: Mapped[list[list[int]] | None] = mapped_column(JSONB)
    voters: Mapped[int | None]
    paper: Mapped[list[list[int]] | None] = mapped_column(JSONB)
    paper_voters: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(default="")
    outcome_at: Mapped[datetime | None]
    carry_by: Mapped[date | None]
    carried_on: Mapped[date | None]
    villages: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    lists: Mapped[dict[str, list[str]] | None] = mapped_column(JSONB)
    is_control: Mapped[bool] = mapped_column(default=False, server_default=false())


class RollEntry(TenantModel):
    """A public credential that may vote. Nobody here knows whose it is."""

    __tablename__ = "voting_credential"
    election_id: Mapped[UUID] = mapped_column(ForeignKey(ELECTION), primary_key=True)
    credential: Mapped[str] = mapped_column(primary_key=True)
    is_void: Mapped[bool] = mapped_column(default=False, server_default=false())


class BoardEvent(TenantModel):
    """An event of the public board, chained to the one before it.

    It is added and read, never changed: the role of the municipality may do nothing else. No time,
    address or person stands in it. `body_hash` is of a ballot without its signature: a copy made to
    look new has the same.
    """

    __tablename__ = "voting_event"
    __table_args__ = (
        UniqueConstraint("election_id", "body_hash"),
        Index("ix_voting_event_payload", "election_id", "payload_hash"),
        Index("ix_voting_event_credential", "election_id", "credential"),
    )
    election_id: Mapped[UUID] = mapped_column(ForeignKey(ELECTION), primary_key=True)
    height: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    texts: Mapped[list[str]] = mapped_column(JSONB)
    event: Mapped[str]
    event_hash: Mapped[str]
    payload_hash: Mapped[str]
    credential: Mapped[str | None]
    body_hash: Mapped[str | None]


MODELS = (Election, RollEntry, BoardEvent)
