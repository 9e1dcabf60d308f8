"""Tables of voters: registrations, the municipality's list, rolls of votes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted
from obshto.platform.web.language import SOURCE

LIVE = "state IN ('asked', 'accepted')"  # one of a person, one of an account


class VoterRegistration(Versioned, TenantModel):
    """A person who wants to vote. Name, address and phone lie sealed.

    The personal number is not kept, only its keyed digest `egn_index`. `proof` is how it was shown
    whose it is: "" not yet, "signin" by a sign-in with a second factor, "document" at the counter.
    `settlement` is what the municipality's list says, `language` that of the letter. After the term
    nothing of the person stays.
    """

    __tablename__ = "voters_registration"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("number"),
        Index("uq_voters_registration_egn", "egn_index", unique=True, postgresql_where=text(LIVE)),
        Index(
            "uq_voters_registration_person", "person_id", unique=True, postgresql_where=text(LIVE)
        ),
        Index("ix_voters_registration_state", "state", "number"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    number: Mapped[int]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    egn_index: Mapped[bytes | None]
    name: Mapped[str | None] = mapped_column(Encrypted("voters_registration.name"))
    address: Mapped[str | None] = mapped_column(Encrypted("voters_registration.address"))
    phone: Mapped[str | None] = mapped_column(Encrypted("voters_registration.phone"))
    settlement: Mapped[str]
    delivery: Mapped[str]
    language: Mapped[str] = mapped_column(default=SOURCE, server_default=SOURCE)
    channel: Mapped[str]
    proof: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    entered_by_id: Mapped[UUID | None] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(index=True)
    ended_at: Mapped[datetime | None] = mapped_column(index=True)


class VoterListUpload(TenantModel):
    """A list of people with the right to vote, as the municipality brought it; the newest holds.

    `fingerprint` is SHA-256 of the file, which is not kept.
    """

    __tablename__ = "voters_upload"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    size: Mapped[int]
    fingerprint: Mapped[str]
    uploaded_at: Mapped[datetime] = mapped_column(index=True)
    uploaded_by_id: Mapped[UUID | None] = mapped_column(index=True)


class ListedVoter(TenantModel):
    """A line of the newest list: the keyed digest of a personal number, and a settlement."""

    __tablename__ = "voters_listed"
    egn_index: Mapped[bytes] = mapped_column(primary_key=True)
    settlement: Mapped[str]


class FrozenVoterRoll(Versioned, TenantModel):
    """The roll of one vote, which is another part's: `vote_id`. `closes_at` says when it may go."""

    __tablename__ = "voters_roll"
    __table_args__ = (UniqueConstraint("vote_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    vote_id: Mapped[UUID]
    title: Mapped[str]
    closes_at: Mapped[datetime] = mapped_column(index=True)
    size: Mapped[int]
    fingerprint: Mapped[str]
    frozen_at: Mapped[datetime]
    frozen_by_id: Mapped[UUID | None] = mapped_column(index=True)


class VoterRollEntry(TenantModel):
    """A voter of a roll. `paper_at` is when a paper ballot was handed out, and by which request.

    No code stands here.
    """

    __tablename__ = "voters_entry"
    roll_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.voters_roll.id"), primary_key=True)
    registration_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.voters_registration.id"), primary_key=True, index=True
    )
    paper_at: Mapped[datetime | None]
    paper_by_id: Mapped[UUID | None] = mapped_column(index=True)
    paper_request_id: Mapped[UUID | None]


MODELS = (VoterRegistration, VoterListUpload, ListedVoter, FrozenVoterRoll, VoterRollEntry)
