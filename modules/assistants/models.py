"""Tables of digital assistants: requests, addresses apart, assistants, visits, problems."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.models import CaseLineRow, CaseRow, CounterRow
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted

_CASE = "tenant.assistants_request.id"


class HelpRequest(CaseRow, TenantModel):
    """Somebody asks for an assistant. Where they live lies apart, in `HomeAddress`.

    `asked_by` is a relative or neighbour who asks in their place, empty where they ask themselves.
    `settlement` is an EKATTE code; with age group and subjects it stays for statistics. `times` are
    the days and halves of a day that suit them; none of one sort, any of it.
    """

    __tablename__ = "assistants_request"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("code_index"),
        UniqueConstraint("year", "sequence"),
        Index("ix_assistants_request_queue", "state", "due_on", "id"),
    )
    settlement: Mapped[str]
    age: Mapped[str]
    language: Mapped[str]
    subjects: Mapped[list[str]] = mapped_column(ARRAY(Text))
    needs: Mapped[list[str]] = mapped_column(ARRAY(Text))
    times: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default="{}")
    at_home: Mapped[str]
    asked_by: Mapped[str | None] = mapped_column(Encrypted("assistants_request.asked_by"))
    words: Mapped[str | None] = mapped_column(Encrypted("assistants_request.words"))
    email: Mapped[str | None] = mapped_column(Encrypted("assistants_request.email"))
    phone: Mapped[str | None] = mapped_column(Encrypted("assistants_request.phone"))


class HomeAddress(TenantModel):
    """Where the person lives. No list, letter or page of a request loads it: only
    `services/home_addresses.py` reads this table.
    """

    __tablename__ = "assistants_address"
    case_id: Mapped[UUID] = mapped_column(ForeignKey(_CASE), primary_key=True)
    address: Mapped[str] = mapped_column(Encrypted("assistants_address.address"))
    directions: Mapped[str] = mapped_column(Encrypted("assistants_address.directions"))


class HelpLine(CaseLineRow, TenantModel):
    """One thing that happened to a request."""

    __tablename__ = "assistants_line"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_assistants_line_case", "case_id", "at"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey(_CASE))


class HelpCounter(CounterRow, TenantModel):
    """The last number of requests in a year."""

    __tablename__ = "assistants_counter"


class Assistant(Versioned, TenantModel):
    """A member of staff who visits people at home. The row is the lock of their calendar.

    `settlement` is where their round begins and ends. `left_at` says that they come no more.
    """

    __tablename__ = "assistants_assistant"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("person_id"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    person_id: Mapped[UUID | None]
    name: Mapped[str]
    settlement: Mapped[str]
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text))
    photo_id: Mapped[UUID | None]
    left_at: Mapped[datetime | None]


class Leave(TenantModel):
    """Days on which an assistant does not work, the last one included."""

    __tablename__ = "assistants_leave"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_assistants_leave_days", "assistant_id", "until_on"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    assistant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.assistants_assistant.id"))
    from_on: Mapped[date]
    until_on: Mapped[date]


class HomeVisit(Versioned, TenantModel):
    """One visit of one assistant to one person.

    `half` is the half of the day where the person was promised no hour: then the round decides.
    `alarm` is what no word came of (`arrival`, `departure`); `alarm_ended_at` that it was cleared.
    `day_before_at`, `same_day_at`, `called_at`: when the person was told who comes.
    """

    __tablename__ = "assistants_visit"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_assistants_visit_calendar", "assistant_id", "starts_at"),
        Index("ix_assistants_visit_case", "case_id", "starts_at"),
        Index("ix_assistants_visit_state", "state", "starts_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    case_id: Mapped[UUID] = mapped_column(ForeignKey(_CASE))
    assistant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.assistants_assistant.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    half: Mapped[str]
    state: Mapped[str]
    code_word: Mapped[str] = mapped_column(Encrypted("assistants_visit.code_word"))
    arrived_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    taught: Mapped[list[str]] = mapped_column(ARRAY(Text))
    notes: Mapped[str] = mapped_column(Encrypted("assistants_visit.notes"))
    alarm: Mapped[str]
    alarm_at: Mapped[datetime | None]
    alarm_ended_at: Mapped[datetime | None]
    day_before_at: Mapped[datetime | None]
    same_day_at: Mapped[datetime | None]
    called_at: Mapped[datetime | None]


class CheckIn(TenantModel):
    """An act of the visitor on the spot. `request_id` comes from the phone: it lands once.

    `at` is when it was pressed, `received_at` when a network brought it here.
    """

    __tablename__ = "assistants_check_in"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_assistants_check_in_visit", "visit_id", "at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.assistants_visit.id"))
    kind: Mapped[str]
    at: Mapped[datetime]
    received_at: Mapped[datetime]


class HelpProblem(Versioned, TenantModel):
    """What could not be solved at the table, handed to a named official until it is answered."""

    __tablename__ = "assistants_problem"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_assistants_problem_case", "case_id"),
        Index("ix_assistants_problem_official", "official_id", "answered_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    case_id: Mapped[UUID] = mapped_column(ForeignKey(_CASE))
    visit_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.assistants_visit.id"))
    official_id: Mapped[UUID | None]
    official: Mapped[str]
    words: Mapped[str | None] = mapped_column(Encrypted("assistants_problem.words"))
    sent_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str | None] = mapped_column(Encrypted("assistants_problem.answer"))


MODELS = (
    *(HelpRequest, HomeAddress, HelpLine, HelpCounter),
    *(Assistant, Leave, HomeVisit, CheckIn, HelpProblem),
)
