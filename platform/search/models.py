"""The tables of what is published: a municipality's own, the region's of all."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, TenantModel


class Published:
    """One published thing in one language, with the tokens by which it is found.

    `published_at` may lie in time to come, `until` ends it. `title_tokens` are those of the title
    and the place, with the trigrams that forgive a slip; `tokens` are those of everything.
    """

    part: Mapped[str] = mapped_column(primary_key=True)
    object_id: Mapped[UUID] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    place: Mapped[str]
    path: Mapped[str]
    published_at: Mapped[datetime] = mapped_column(index=True)
    until: Mapped[datetime | None]
    title_tokens: Mapped[str] = mapped_column(TSVECTOR)
    tokens: Mapped[str] = mapped_column(TSVECTOR)


class SearchEntry(Published, TenantModel):
    """What a municipality's own search finds; written in the transaction that publishes.

    `picture` is where one of it is sent from: path, mime, size in bytes, what is seen on it.
    """

    __tablename__ = "search_entry"
    __table_args__ = (
        Index("ix_search_entry_title_tokens", "title_tokens", postgresql_using="gin"),
        Index("ix_search_entry_tokens", "tokens", postgresql_using="gin"),
    )
    picture: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class PublicRow(Published, SharedModel):
    """What the region shows and finds. Emptied for a part that is switched off.

    `pattern` is what other municipalities may take over, in the words of the part.
    """

    __tablename__ = "public_entry"
    __table_args__ = (
        Index("ix_public_entry_title_tokens", "title_tokens", postgresql_using="gin"),
        Index("ix_public_entry_tokens", "tokens", postgresql_using="gin"),
    )
    municipality: Mapped[str] = mapped_column(primary_key=True)
    pattern: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class SearchWish(TenantModel):
    """How often somebody asked for what a module that is off would answer.

    `in_vain` searched for it, `at_counter` said so to staff, who noted it.
    """

    __tablename__ = "search_wish"
    day: Mapped[date] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    in_vain: Mapped[int] = mapped_column(server_default="0")
    at_counter: Mapped[int] = mapped_column(server_default="0")


class SearchDay(TenantModel):
    """How often was searched on a day, how often in vain. What was asked is kept nowhere."""

    __tablename__ = "search_day"
    day: Mapped[date] = mapped_column(primary_key=True)
    asked: Mapped[int]
    in_vain: Mapped[int]
