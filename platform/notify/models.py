"""The outbox of a municipality, and those who asked to hear from it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class State(StrEnum):
    """How far a letter is. After a kill while handing over it is sent again under the same id."""

    ACCEPTED = "accepted"
    HANDING_OVER = "handing over"
    HANDED_OVER = "handed over"
    REFUSED = "refused"
    COLLECTED = "collected"  # waits for the day's or the week's letter
    GATHERED = "gathered"  # stands in such a letter, which is on its way
    REPLACED = "replaced"  # what it says was corrected before it left
    TOO_LATE = "too late"  # what it says was over before it left
    HELD = "held"  # only staff get letters while the portal is tried out


WAITING = (State.ACCEPTED, State.HANDING_OVER)


class Channel(StrEnum):
    """By which way somebody hears."""

    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"


class Pace(StrEnum):
    """How often somebody wants to hear. What is urgent comes at once to everybody."""

    AT_ONCE = "at once"
    URGENT = "urgent"
    DAILY = "daily"
    WEEKLY = "weekly"


class Subscriber(Versioned, TenantModel):
    """Somebody who asked to hear of some topics at some places, with an account or without.

    `address` is one of their `channel`: of a mailbox, a number („+359888123456“), what a browser
    gives for pushing. No place means all of them. The token of their page is made anew for each
    letter out of `id` and `turn` with a key of the municipality (`subscribers.token_of`): only its
    hash lies here.
    `digest_on` is the day of their last letter of several things. A phone is confirmed by a code,
    of which a keyed hash lies here until `code_until`.
    """

    __tablename__ = "notify_subscriber"
    __table_args__ = (
        UniqueConstraint("email_hash"),
        Index(
            "uq_notify_subscriber_person_id_channel",
            "person_id",
            "channel",
            unique=True,
            postgresql_where=text("channel <> 'push'"),  # somebody may have several devices
        ),
        UniqueConstraint("token_hash"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    channel: Mapped[str] = mapped_column(server_default=Channel.EMAIL, default=Channel.EMAIL)
    # The columns have the name of the first channel: two releases serve from one table.
    address: Mapped[str] = mapped_column("email", Encrypted("notify_subscriber.email"))
    address_hash: Mapped[bytes] = mapped_column("email_hash")
    person_id: Mapped[UUID | None]
    language: Mapped[str]
    topics: Mapped[list[str]]
    places: Mapped[list[str]]
    pace: Mapped[str]
    token_hash: Mapped[bytes]
    turn: Mapped[int]
    request_id: Mapped[UUID | None]  # of the clerk's form that asked for them
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    digest_on: Mapped[date]
    code_hash: Mapped[bytes | None]
    code_until: Mapped[datetime | None]


class Suppression(TenantModel):
    """An address that does not exist, by its keyed hash: nothing is sent there any more."""

    __tablename__ = "notify_suppression"
    address_hash: Mapped[bytes] = mapped_column("email_hash", primary_key=True)
    trouble: Mapped[str]
    at: Mapped[datetime]


class Warned(TenantModel):
    """On which days staff were told that a budget is nearly spent."""

    __tablename__ = "notify_warned"
    day: Mapped[date] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(primary_key=True)


class Text(TenantModel):
    """What is said to many, once in each language; `short` by SMS, where not the subject."""

    __tablename__ = "notify_text"
    __table_args__ = (UniqueConstraint("cause", "language"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cause: Mapped[UUID]
    language: Mapped[str]
    topic: Mapped[str]
    places: Mapped[list[str]]
    until: Mapped[datetime | None]  # nobody needs to hear it afterwards
    subject: Mapped[str] = mapped_column(Encrypted("notify_text.subject"))
    text: Mapped[str] = mapped_column(Encrypted("notify_text.text"))
    short: Mapped[str | None] = mapped_column(Encrypted("notify_text.short"))


class Message(TenantModel):
    """One letter to one person or subscriber. `cause` makes a repeated job write it only once.

    A letter to many has its words in `text_id`, its address with the subscriber. `due_at` is when
    it is tried again. Those who stop leave the numbers of what they were told. `parts` are those of
    a short message, `gateway` who took it or left us without an answer; `delivered_at` is what that
    one reported. `settlement` is what staff did about one that did not arrive,
    `settled_times` the version that their form was drawn from.
    """

    __tablename__ = "notify_message"
    __table_args__ = (
        UniqueConstraint("cause", "person_id"),
        UniqueConstraint("cause", "subscriber_id"),
        Index(
            "ix_notify_message_waiting",
            text("is_urgent DESC"),
            "accepted_at",
            postgresql_where=text("is_bulk AND state IN ('accepted', 'handing over')"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    cause: Mapped[UUID]
    fact: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    subscriber_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("tenant.notify_subscriber.id", ondelete="SET NULL"), index=True
    )
    subject_id: Mapped[UUID | None] = mapped_column(index=True)
    text_id: Mapped[UUID | None] = mapped_column(ForeignKey("tenant.notify_text.id"), index=True)
    digest_id: Mapped[UUID | None] = mapped_column(index=True)
    language: Mapped[str]
    recipient: Mapped[str | None] = mapped_column(Encrypted("notify_message.recipient"))
    subject: Mapped[str | None] = mapped_column(Encrypted("notify_message.subject"))
    text: Mapped[str | None] = mapped_column(Encrypted("notify_message.text"))
    is_bulk: Mapped[bool] = mapped_column(server_default="false")
    is_urgent: Mapped[bool] = mapped_column(server_default="false")
    state: Mapped[str]
    tries: Mapped[int] = mapped_column(server_default="0")
    due_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime]
    handed_over_at: Mapped[datetime | None] = mapped_column(index=True)
    trouble: Mapped[str | None]
    channel: Mapped[str] = mapped_column(server_default=Channel.EMAIL, default=Channel.EMAIL)
    parts: Mapped[int] = mapped_column(server_default="0", default=0)
    gateway: Mapped[str | None]
    delivered_at: Mapped[datetime | None]
    settlement: Mapped[str | None]
    settled_at: Mapped[datetime | None]
    settled_times: Mapped[int] = mapped_column(server_default="0", default=0)
