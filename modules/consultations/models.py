"""Tables of consultations: what is discussed, opinions, answers, the record that proves them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.entry import Entered
from obshto.platform.cases.models import CounterRow
from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.invitations.models import InvitationRow
from obshto.platform.keys.encryption import Encrypted
from obshto.platform.soft_delete import SoftDeleted

CONSULTATION = "tenant.consultations_consultation.id"


class Consultation(HoldsControlRow, SoftDeleted, TenantModel):
    """One draft that is discussed. Its words are frozen when it is published.

    `draft` is read a paragraph a line; what followed it is a `DraftVersion`. `closes_on` is the
    last day that the editor wants, later the last day there is; `rule` the legal rule by which it
    was computed and `term_on` the day that the rule gave: both stay as they were when the law
    changes. `short_why` is the public reason for a shorter term, `note` that of a longer one.
    `changes` says what the opinions changed. `invited_topics` and `invited_places` are whose
    subscribers are invited besides those who follow consultations, `invited_readers` how many
    that were when it was published: None before, and where nobody else was invited.
    """

    __tablename__ = "consultations_consultation"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "ix_consultations_consultation_closes_at",
            "closes_at",
            postgresql_where=text("published_at IS NOT NULL AND deleted_at IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    kind: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    draft: Mapped[str]
    reasons: Mapped[str]
    impact: Mapped[str]
    affected: Mapped[str]
    short_why: Mapped[str]
    closes_on: Mapped[date | None]
    closes_at: Mapped[datetime | None]
    rule: Mapped[str] = mapped_column(default="")
    term_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    told_closed_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")
    changes: Mapped[str] = mapped_column(default="")
    outcome_at: Mapped[datetime | None]
    table_id: Mapped[UUID | None]
    invited_topics: Mapped[list[str]] = mapped_column(default=list)
    invited_places: Mapped[list[str]] = mapped_column(default=list)
    invited_readers: Mapped[int | None]
    written_at: Mapped[datetime]

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/consultations/{self.id}"

    @property
    def paragraphs(self) -> list[str]:
        """The draft by paragraphs: number n is the n-th. Frozen with the text."""
        return [line.strip() for line in self.draft.splitlines() if line.strip()]


class DraftVersion(TenantModel):
    """The text after the opinions. Never altered: the next one follows it.

    `body` has a dictionary for each paragraph: its number, its text (None where it is left out),
    `from`, the numbers that it had before, and `because`, the numbers of the opinions that moved
    it. A number is of one paragraph for ever. The draft itself is the first version.
    """

    __tablename__ = "consultations_version"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("consultation_id", "number"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey(CONSULTATION))
    number: Mapped[int]
    body: Mapped[list[dict[str, Any]]]
    at: Mapped[datetime]


class ConsultationDocument(TenantModel):
    """A file beside the draft, or the proof that it was announced elsewhere (`role`).

    The `title` of a picture says what one sees on it, also to who does not see it.
    """

    __tablename__ = "consultations_document"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey(CONSULTATION), index=True)
    file_id: Mapped[UUID]
    role: Mapped[str]
    title: Mapped[str]
    added_at: Mapped[datetime]


class Invitation(InvitationRow, TenantModel):
    """An organisation that is asked for its opinion by a letter when the consultation opens.

    Its address goes a year after the outcome.
    """

    __tablename__ = "consultations_invitation"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("consultation_id", "email_hash"),
    )
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey(CONSULTATION))


class Opinion(Entered, Versioned, TenantModel):
    """What somebody thinks of the draft. Words are never altered.

    It has a number and stands in the record once it is confirmed: at once from a profile and from
    staff, else by the address that was left. `organisation` is on whose behalf it is, empty where
    it is the author's own. Salts hide what the record's hashes are of; an author's goes with the
    name. `same_as` is the author's first opinion with the same words, the one that counts;
    `invitation_id` the invitation that it answers, `wave_id` the act that hid it with others. At
    `checked_at` staff have decided about these words. `voice` is a keyed hash of who speaks here,
    so that people can be counted when nothing else of them is left. `told_how` is how staff told
    the author what became of it.
    """

    __tablename__ = "consultations_opinion"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("code_index"),
        UniqueConstraint("year", "sequence"),
        Index("ix_consultations_opinion_list", "consultation_id", "year", "sequence"),
        Index("ix_consultations_opinion_fingerprint", "consultation_id", "fingerprint"),
        Index(
            "ix_consultations_opinion_waiting",
            "sent_at",
            postgresql_where=text("confirmed_at IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey(CONSULTATION))
    year: Mapped[int | None]
    sequence: Mapped[int | None]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    code_index: Mapped[bytes | None]
    language: Mapped[str]
    paragraph: Mapped[int | None]
    stance: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(Encrypted("consultations_opinion.words"))
    salt: Mapped[str] = mapped_column(Encrypted("consultations_opinion.salt"))
    author: Mapped[str] = mapped_column(Encrypted("consultations_opinion.author"))
    author_salt: Mapped[str] = mapped_column(Encrypted("consultations_opinion.author_salt"))
    organisation: Mapped[str] = mapped_column(Encrypted("consultations_opinion.organisation"))
    shows_name: Mapped[bool]
    email: Mapped[str | None] = mapped_column(Encrypted("consultations_opinion.email"))
    phone: Mapped[str | None] = mapped_column(Encrypted("consultations_opinion.phone"))
    age: Mapped[str]
    settlement: Mapped[str]
    file_id: Mapped[UUID | None]
    received_on: Mapped[date]
    sent_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    fingerprint: Mapped[bytes]
    same_as: Mapped[UUID | None] = mapped_column(index=True)
    answer_id: Mapped[UUID | None] = mapped_column(index=True)
    group_id: Mapped[UUID | None] = mapped_column(index=True)
    invitation_id: Mapped[UUID | None]
    hidden_at: Mapped[datetime | None]
    hidden_why: Mapped[str] = mapped_column(default="")
    checked_at: Mapped[datetime | None]
    wave_id: Mapped[UUID | None] = mapped_column(index=True)
    told_at: Mapped[datetime | None]
    told_how: Mapped[str] = mapped_column(default="", server_default="")
    voice: Mapped[bytes | None]

    @property
    def number(self) -> str:
        """The number as people say it: 2026-00412; empty while nobody has confirmed it."""
        return number_of(self.year, self.sequence)


def number_of(year: int | None, sequence: int | None) -> str:
    """Of an opinion."""
    return f"{year}-{sequence:05d}" if sequence else ""


class OpinionGroup(TenantModel):
    """Opinions that share words, as a job proposed them: people decide who of them is answered."""

    __tablename__ = "consultations_group"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey(CONSULTATION), index=True)
    words: Mapped[str] = mapped_column(Encrypted("consultations_group.words"))
    paragraph: Mapped[int | None]
    stance: Mapped[str]
    at: Mapped[datetime]


class OpinionWave(Versioned, TenantModel):
    """Opinions hidden by one act, so many; `undone_at` is when they were shown again.

    Rule and reason stand in the decision of moderation on it. An opinion leaves the wave once its
    author knows that it is shown again.
    """

    __tablename__ = "consultations_wave"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey(CONSULTATION), index=True)
    number: Mapped[int]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class OpinionAnswer(TenantModel):
    """What the municipality says to one opinion or to several. A later one follows, none goes."""

    __tablename__ = "consultations_answer"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey(CONSULTATION), index=True)
    outcome: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(index=True)
    by_name: Mapped[str]


class RecordLine(TenantModel):
    """One line of the record of a consultation. Its hash is of the line before and of `body`."""

    __tablename__ = "consultations_record"
    __table_args__ = (UniqueConstraint("consultation_id", "position"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    consultation_id: Mapped[UUID] = mapped_column(ForeignKey(CONSULTATION))
    position: Mapped[int]
    body: Mapped[dict[str, Any]]
    hash: Mapped[str]


class OpinionCounter(CounterRow, TenantModel):
    """The last number of opinions in a year."""

    __tablename__ = "consultations_counter"


class RegionalConsultation(SharedModel):
    """Regional copy of a published consultation, written by its municipality's own job."""

    __tablename__ = "regional_consultation"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    consultation_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    path: Mapped[str]
    published_at: Mapped[datetime]
    closes_on: Mapped[date]
    closes_at: Mapped[datetime] = mapped_column(index=True)


MODELS = (
    Consultation,
    ConsultationDocument,
    DraftVersion,
    Invitation,
    Opinion,
    OpinionGroup,
    OpinionWave,
    OpinionAnswer,
    RecordLine,
    OpinionCounter,
    RegionalConsultation,
)
