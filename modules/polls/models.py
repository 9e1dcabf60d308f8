"""The tables of polls: what is asked, how often each answer was given, who took part.

All that was counted lies in one sealed field of the poll's row. No row of who took part or of a
free text has a time; none has an id in the order of time. See docs/decisions/0019 and 0075.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.keys.encryption import Encrypted
from obshto.platform.soft_delete import SoftDeleted

POLL = "tenant.polls_poll.id"


class Poll(HoldsControlRow, SoftDeleted, TenantModel):
    """One poll or survey. `version` counts its changes, also those of its questions.

    `words` holds title, introduction, note and outcome in other languages. `published_at` is empty
    for a draft; a public poll is open from `opens_at` until `closes_at`. `told_closed_at` says
    that its end was told. `asks_about` offers age and settlement beside the questions.

    `online` and `paper` are how many answered; `tally` is what, sealed (`services/tally.py`).
    `shown` is what everybody may see of it while the poll is open: by channel, then by id.
    """

    __tablename__ = "polls_poll"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "ix_polls_poll_closes_at",
            "closes_at",
            postgresql_where=text("published_at IS NOT NULL AND deleted_at IS NULL"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    title: Mapped[str]
    intro: Mapped[str]
    words: Mapped[dict[str, Any]]
    who: Mapped[str]
    asks_about: Mapped[bool] = mapped_column(server_default="false")
    opens_at: Mapped[datetime | None]
    closes_at: Mapped[datetime]
    extended_at: Mapped[datetime | None]
    note: Mapped[str]  # why it was extended
    told_closed_at: Mapped[datetime | None]
    outcome: Mapped[str]
    outcome_at: Mapped[datetime | None]
    written_at: Mapped[datetime]
    online: Mapped[int] = mapped_column(server_default="0")
    paper: Mapped[int] = mapped_column(server_default="0")
    tally: Mapped[bytes | None]
    shown: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    # As before it was sealed; the next look seals it.
    counted: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))

    @property
    def answers(self) -> int:
        return self.online + self.paper

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/polls/{self.id}"

    def said_in(self, part: str, language: str) -> str:
        """A text in this language alone; empty where there is no translation."""
        told = self.words.get(language, {}).get(part, "")
        return str(getattr(self, part) if language == "bg" else told)

    def said(self, part: str, language: str) -> tuple[str, str]:
        """A text and the language it is in: the one asked for, else Bulgarian."""
        told = self.words.get(language, {}).get(part, "")
        return (told, language) if told else (str(getattr(self, part)), "bg")


class Question(TenantModel):
    """A question. `correction` was added after its first answer.

    It is asked of everybody, or of who chose one of `only_if`, options of questions before it.
    """

    __tablename__ = "polls_question"
    __table_args__ = (UniqueConstraint("request_id"), Index(None, "poll_id", "position"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    request_id: Mapped[UUID]
    poll_id: Mapped[UUID] = mapped_column(ForeignKey(POLL, ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[str]
    is_required: Mapped[bool]
    only_if: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default="{}")
    title: Mapped[str]
    correction: Mapped[str]
    words: Mapped[dict[str, Any]]

    def said(self, part: str, language: str) -> tuple[str, str]:
        """As for a poll."""
        told = self.words.get(language, {}).get(part, "")
        return (told, language) if told else (str(getattr(self, part)), "bg")


class Option(TenantModel):
    """One answer to choose."""

    __tablename__ = "polls_option"
    __table_args__ = (Index(None, "question_id", "position"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    poll_id: Mapped[UUID] = mapped_column(ForeignKey(POLL, ondelete="CASCADE"), index=True)
    question_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.polls_question.id", ondelete="CASCADE")
    )
    position: Mapped[int]
    label: Mapped[str]
    words: Mapped[dict[str, str]]

    def said(self, language: str) -> tuple[str, str]:
        """Its text and the language it is in."""
        told = self.words.get(language, "")
        return (told, language) if told else (self.label, "bg")


class Picture(TenantModel):
    """A picture of a question, or of one of its options; `alt_text` says what is to be seen on it.

    A table of its own: the question has one, too.
    """

    __tablename__ = "polls_picture"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("question_id", "option_id", postgresql_nulls_not_distinct=True),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    question_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.polls_question.id", ondelete="CASCADE")
    )
    option_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("tenant.polls_option.id", ondelete="CASCADE"), index=True
    )
    file_id: Mapped[UUID]
    width: Mapped[int]
    height: Mapped[int]
    alt_text: Mapped[str] = mapped_column("seen")
    words: Mapped[dict[str, str]]

    @property
    def path(self) -> str:
        """Where it is fetched, below the host."""
        return f"/polls/pictures/{self.id}"

    def said(self, language: str) -> tuple[str, str]:
        """What is to be seen on it, and the language of that."""
        told = self.words.get(language, "")
        return (told, language) if told else (self.alt_text, "bg")


class Participation(TenantModel):
    """That somebody took part, under a name that only the municipality's key can make.

    While `is_settled` is false the row is written anew with each answer, in another order.
    """

    __tablename__ = "polls_participation"
    __table_args__ = (Index(None, "poll_id", postgresql_where=text("NOT is_settled")),)
    poll_id: Mapped[UUID] = mapped_column(ForeignKey(POLL, ondelete="CASCADE"), primary_key=True)
    pseudonym: Mapped[bytes] = mapped_column(primary_key=True)
    is_settled: Mapped[bool]


class Said(TenantModel):
    """A free text in the urn, sealed; shuffled as those who took part."""

    __tablename__ = "polls_said"
    __table_args__ = (Index(None, "poll_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    poll_id: Mapped[UUID] = mapped_column(ForeignKey(POLL, ondelete="CASCADE"))
    question_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.polls_question.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[str] = mapped_column(Encrypted("polls_said.text"))
    on_paper: Mapped[bool]
    is_settled: Mapped[bool]


class Sheet(TenantModel):
    """That a paper sheet was entered. The sheet itself lies in the folder at the counter."""

    __tablename__ = "polls_sheet"
    __table_args__ = (UniqueConstraint("request_id"),)
    poll_id: Mapped[UUID] = mapped_column(ForeignKey(POLL, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    request_id: Mapped[UUID]
