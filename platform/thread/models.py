"""Tables of the thread: things, their stations, what followed from what."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class ThreadThing(TenantModel):
    """A public thing of some component, as its last writer saw it.

    `thread_id` is the id of the first thing of the thread, so the address of each of them leads to
    the same page when two threads become one. What is not shown keeps its place and no words.
    `kind` is a word of its component's `kinds`, empty for the usual thing of it.
    """

    __tablename__ = "thread_thing"
    __table_args__ = (Index("ix_thread_thing_object_id", "object_id"),)
    part: Mapped[str] = mapped_column(primary_key=True)
    object_id: Mapped[UUID] = mapped_column(primary_key=True)
    thread_id: Mapped[UUID] = mapped_column(index=True)
    title: Mapped[str]
    path: Mapped[str]
    place: Mapped[str]
    kind: Mapped[str] = mapped_column(default="", server_default="")
    since: Mapped[datetime]
    is_shown: Mapped[bool]


class ThreadStation(TenantModel):
    """A point of a thing's way (`declarations.StationState`).

    `told_for` is the day whose passing was told, `told_on` when.
    """

    __tablename__ = "thread_station"
    __table_args__ = (
        Index(
            "ix_thread_station_due",
            "due_on",
            postgresql_where=text(
                "reached_on IS NULL AND dropped_on IS NULL AND NOT comes_by_itself"
            ),
        ),
    )
    part: Mapped[str] = mapped_column(primary_key=True)
    object_id: Mapped[UUID] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    title: Mapped[str]
    due_on: Mapped[date | None]
    first_due_on: Mapped[date | None]
    reached_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    reason: Mapped[str]
    owes: Mapped[str]
    comes_by_itself: Mapped[bool]
    is_promise: Mapped[bool]
    told_for: Mapped[date | None]
    told_on: Mapped[date | None]


class ThreadLink(Versioned, TenantModel):
    """The second thing followed from the first. `is_declared`: its component says so itself."""

    __tablename__ = "thread_link"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("from_part", "from_id", "part", "object_id"),
        Index("ix_thread_link_to", "part", "object_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    from_part: Mapped[str]
    from_id: Mapped[UUID]
    part: Mapped[str]
    object_id: Mapped[UUID]
    is_declared: Mapped[bool]
    at: Mapped[datetime]


MODELS = (ThreadThing, ThreadStation, ThreadLink)
