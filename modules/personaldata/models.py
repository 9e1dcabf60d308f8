"""Tables of requests of people about their data, in every municipality."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.models import CaseLineRow, CaseRow, CounterRow
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class DataRequest(CaseRow, TenantModel):
    """What somebody asks of the municipality about their own data.

    `open_key` is one for a person and a kind while it is open: the same again finds the first.
    `asked_again` counts how often it came. `behalf` says for whom: empty is for oneself. `about_id`
    is the recorded look, or the subscription, that it is about. `identified_how` is empty until
    staff or the account showed who asks.
    """

    __tablename__ = "personaldata_request"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("code_index"),
        UniqueConstraint("year", "sequence"),
        UniqueConstraint("open_key"),
        Index("ix_personaldata_request_queue", "state", "due_on", "id"),
        Index("ix_personaldata_request_about", "about_id"),
    )
    kind: Mapped[str]
    behalf: Mapped[str]
    words: Mapped[str | None] = mapped_column(Encrypted("personaldata_request.words"))
    email: Mapped[str | None] = mapped_column(Encrypted("personaldata_request.email"))
    phone: Mapped[str | None] = mapped_column(Encrypted("personaldata_request.phone"))
    address: Mapped[str | None] = mapped_column(Encrypted("personaldata_request.address"))
    answer: Mapped[str | None] = mapped_column(Encrypted("personaldata_request.answer"))
    language: Mapped[str]
    about_id: Mapped[UUID | None]
    open_key: Mapped[bytes | None]
    asked_again: Mapped[int] = mapped_column(default=0)
    starts_on: Mapped[date]
    extended_at: Mapped[datetime | None]
    identified_at: Mapped[datetime | None]
    identified_how: Mapped[str]
    identified_by: Mapped[str]
    warned_for: Mapped[date | None]


class RequestLine(CaseLineRow, TenantModel):
    """One thing that happened to a request."""

    __tablename__ = "personaldata_line"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_personaldata_line_case", "case_id", "at"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.personaldata_request.id"))


class RequestCounter(CounterRow, TenantModel):
    """The last number of requests in a year."""

    __tablename__ = "personaldata_counter"


class DataCopy(TenantModel):
    """All that the municipality knows of a person, put together as an answer; gone in a month."""

    __tablename__ = "personaldata_copy"
    case_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.personaldata_request.id"), primary_key=True
    )
    body: Mapped[str] = mapped_column(Encrypted("personaldata_copy.body"))
    made_at: Mapped[datetime]
    until: Mapped[datetime]


class AccountLink(Versioned, TenantModel):
    """Two accounts that belong to one person. Nothing is copied from one into the other.

    `person_id` asked, by the request `case_id`; `other_id` is read together with it from
    `confirmed_at`, when it said so itself, until `ended_at`.
    """

    __tablename__ = "personaldata_account_link"
    __table_args__ = (UniqueConstraint("case_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.personaldata_request.id"))
    person_id: Mapped[UUID] = mapped_column(index=True)
    other_id: Mapped[UUID] = mapped_column(index=True)
    proposed_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


MODELS = (DataRequest, RequestLine, RequestCounter, DataCopy, AccountLink)
