"""Tables of the forum, in every municipality."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.entry import Entered
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class Discussion(HoldsControlRow, Versioned, TenantModel):
    """One discussion: subject, village, and what came of it. Its first words are post number 1.

    Everybody sees it from `published_at`, when its first post is. `awaiting_since` is when the
    first post came that the municipality has not answered yet, `heard_at` its latest answer.
    `decided` is what was decided, `successor_path` what it became: a proposal, a report.
    `is_veiled`: its first post is hidden, so its title is as well.
    """

    __tablename__ = "forum_discussion"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_forum_discussion_list", "published_at", "heard_at", "last_at"),
        Index("ix_forum_discussion_place", "settlement", "subject"),
        Index("ix_forum_discussion_queue", "awaiting_since", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    subject: Mapped[str]
    settlement: Mapped[str]
    title: Mapped[str]
    language: Mapped[str]
    begun_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    last_at: Mapped[datetime | None]
    last_number: Mapped[int] = mapped_column(default=0)
    is_veiled: Mapped[bool] = mapped_column(default=False)
    awaiting_since: Mapped[datetime | None]
    heard_at: Mapped[datetime | None]
    department: Mapped[str] = mapped_column(default="")
    assignee_id: Mapped[UUID | None] = mapped_column(index=True)
    assignee: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    closed_why: Mapped[str] = mapped_column(default="")
    decided: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    successor: Mapped[str] = mapped_column(default="")
    successor_number: Mapped[str] = mapped_column(default="")
    successor_path: Mapped[str] = mapped_column(default="")
    news_told_at: Mapped[datetime | None] = mapped_column(index=True)

    @property
    def path(self) -> str:
        """The public page, below the host and the language."""
        return f"/forum/{self.id}"


class ForumPost(Entered, Versioned, TenantModel):
    """What somebody says in a discussion. It has its number once it is published.

    Of a citizen who has no account it waits for `confirmed_at`; at night for the morning; with
    links (`is_held`) for a moderator. What is hidden lies encrypted in `hidden_words` and nowhere
    else. `shows_name` is the author's choice. Official ones are the municipality's. `to_announce`
    is what staff say by phone to an author whom nothing else reaches, one line each.
    """

    __tablename__ = "forum_post"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("code_index"),
        UniqueConstraint("discussion_id", "number"),
        Index("ix_forum_post_waiting", "published_at", "confirmed_at"),
        Index("ix_forum_post_author", "author_index", "sent_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    discussion_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.forum_discussion.id"))
    number: Mapped[int | None]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    code_index: Mapped[bytes | None]
    author_index: Mapped[bytes | None]
    author: Mapped[str] = mapped_column(Encrypted("forum_post.author"))
    shows_name: Mapped[bool]
    email: Mapped[str | None] = mapped_column(Encrypted("forum_post.email"))
    phone: Mapped[str | None] = mapped_column(Encrypted("forum_post.phone"))
    language: Mapped[str]
    words: Mapped[str]
    hidden_words: Mapped[str | None] = mapped_column(Encrypted("forum_post.hidden_words"))
    is_official: Mapped[bool] = mapped_column(default=False)
    department: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    is_held: Mapped[bool] = mapped_column(default=False)
    published_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None] = mapped_column(index=True)
    checked_at: Mapped[datetime | None]
    to_announce: Mapped[str] = mapped_column(default="", server_default="")
    to_announce_since: Mapped[datetime | None] = mapped_column(index=True)
    is_emptied: Mapped[bool] = mapped_column(default=False)


MODELS = (Discussion, ForumPost)
