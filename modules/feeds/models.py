"""The tables of posts, of the channels they leave by, of the networks that are read."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned


class Post(HoldsControlRow, Versioned, TenantModel):
    """What is said on channels: of something that a part published (`part`, `object_id`), or short
    words of its own.

    `edition` counts what its text was; `shown` keeps what `approved_edition` said, and that alone
    is seen by anybody else than staff. `targets` are words of channels: „region“, or the id of a
    row. `send_at` in time to come is an embargo;
    from `sent_at` on, which may lie in time to come as well, everybody may see it.
    """

    __tablename__ = "feeds_post"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "uq_feeds_post_thing",
            "part",
            "object_id",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL AND part IS NOT NULL"),
        ),
        Index("ix_feeds_post_written_at", text("written_at DESC")),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    part: Mapped[str | None]
    object_id: Mapped[UUID | None]
    title: Mapped[str]
    summary: Mapped[str]
    path: Mapped[str]  # where it is read whole, below the host
    place: Mapped[str]  # the town or village it is about; empty for all of them
    until: Mapped[datetime | None]
    is_own_words: Mapped[bool]  # an editor wrote them anew: a change of the thing leaves them
    is_urgent: Mapped[bool]
    picture_id: Mapped[UUID | None]
    picture_alt: Mapped[str]
    picture_of: Mapped[UUID | None]  # the file of the thing that the picture was copied from
    targets: Mapped[list[str]]
    send_at: Mapped[datetime | None]
    edition: Mapped[int]
    approved_edition: Mapped[int | None]
    shown: Mapped[dict[str, Any]]
    submitted_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
    changed_by_id: Mapped[UUID | None] = mapped_column(index=True)
    approved_by: Mapped[str]
    approved_by_id: Mapped[UUID | None] = mapped_column(index=True)
    author_id: Mapped[UUID | None] = mapped_column(index=True)


class Delivery(TenantModel):
    """How a post stands on one channel. `edition` is the one that was handed over, 0 for none.

    `asked_at` is set before a network is asked and emptied when it has answered: while it stands,
    nobody knows whether it took the post. One with an edition and no `remote_id` was put there by
    hand.
    """

    __tablename__ = "feeds_delivery"
    __table_args__ = (
        UniqueConstraint("post_id", "target"),
        Index("ix_feeds_delivery_due", "due_at", postgresql_where=text("due_at IS NOT NULL")),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    post_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.feeds_post.id", ondelete="CASCADE"))
    target: Mapped[str]
    state: Mapped[str]
    edition: Mapped[int]
    due_at: Mapped[datetime | None]
    asked_at: Mapped[datetime | None]
    tries: Mapped[int]
    trouble: Mapped[str]
    remote_id: Mapped[str]
    remote_address: Mapped[str]
    changed_at: Mapped[datetime]


class Channel(Versioned, TenantModel):
    """A profile of the municipality on a network, with the token that lets us post there."""

    __tablename__ = "feeds_channel"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    kind: Mapped[str]
    address: Mapped[str]  # of the server
    account: Mapped[str]  # as the network calls it; a page may be renamed
    account_id: Mapped[str]  # what it stays; empty where that is its name
    is_regional: Mapped[bool]  # the page of the province, where all municipalities post
    limit: Mapped[int]  # characters of a post there
    secret: Mapped[bytes]  # sealed for this row
    added_at: Mapped[datetime]
    checked_at: Mapped[datetime | None]
    trouble: Mapped[str]  # since the last check; empty when it works
    expires_at: Mapped[datetime | None]  # of the token, where the network says so
    expiry_told_at: Mapped[datetime | None]  # when somebody was last told of it


class VillageChoice(Versioned, TenantModel):
    """What a mayor chose for a town or village: its own news go to the profile of the province."""

    __tablename__ = "feeds_village_choice"
    ekatte: Mapped[str] = mapped_column(primary_key=True)
    is_on: Mapped[bool]
    decided_at: Mapped[datetime]
    decided_by: Mapped[str]
    decided_by_id: Mapped[UUID | None] = mapped_column(index=True)


class VillageMayor(Versioned, TenantModel):
    """Who chooses for a town or village, and for no other; `person_id` is None for nobody. Who is
    in no row chooses for all.
    """

    __tablename__ = "feeds_village_mayor"
    ekatte: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    name: Mapped[str]


class Source(Versioned, TenantModel):
    """A feed that is read: what the municipality says on a network of others."""

    __tablename__ = "feeds_source"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("address"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    kind: Mapped[str]
    title: Mapped[str]
    address: Mapped[str]  # of the feed
    page: Mapped[str]  # where people read it
    etag: Mapped[str]
    modified: Mapped[str]
    added_at: Mapped[datetime]
    due_at: Mapped[datetime]
    fetched_at: Mapped[datetime | None]
    failures: Mapped[int]  # in a row
    trouble: Mapped[str]


class Item(TenantModel):
    """Something that stood in such a feed; plain text, its picture drawn anew."""

    __tablename__ = "feeds_item"
    __table_args__ = (
        UniqueConstraint("source_id", "guid"),
        Index("ix_feeds_item_published_at", text("published_at DESC")),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    source_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.feeds_source.id", ondelete="CASCADE")
    )
    guid: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    link: Mapped[str]
    picture: Mapped[str]  # its address there; empty once it was looked at
    picture_id: Mapped[UUID | None]
    picture_alt: Mapped[str]
    published_at: Mapped[datetime]


class RegionalPost(SharedModel):
    """What the regional profile shows, written by each municipality's own job.

    `published_at` may lie in time to come. Nobody's name stands here.
    """

    __tablename__ = "regional_post"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    post_id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    summary: Mapped[str]
    path: Mapped[str]
    place: Mapped[str]
    is_urgent: Mapped[bool]
    published_at: Mapped[datetime] = mapped_column(index=True)
    changed_at: Mapped[datetime]
    until: Mapped[datetime | None]
