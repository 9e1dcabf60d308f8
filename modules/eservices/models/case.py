"""An application that was sent, what happened to it, who looked at it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.modules.eservices.models.encrypted_answers import Answered
from obshto.platform.cases.models import CaseLineRow, CaseRow, LookRow
from obshto.platform.db.base import TenantModel

OFFICE, ROLE = "office:", "role:"  # what stands before the id of a department, the key of a role


class Case(Answered, CaseRow, TenantModel):
    """One application under its entry number, with the version of the service it was sent with.

    `request_id` is the id of the draft it was. `starts_on` is the day from which the term runs now:
    it moves when something missing was brought. `due_on` is empty while the clock stands still.
    `served_on` is the day on which the person read what is asked; `cure_until` is counted from it.
    `search_words` are blind indexes (`services/search_words.py`), empty until a job has made them.
    `extension` is the rule by which the term was made longer. `days_late` is known once it is
    decided; `warned_for` and `late_for` are the term of which staff were told. `is_emptied` says
    that its years are over: what people wrote is gone. `renews_id` is the document to be followed.
    `goes_to` is the office or the role that received it, as `OFFICE` or `ROLE` with its key; empty
    where all who work on the service did.
    `power_id` is the power of attorney that it was sent under, `represented_id` the account of who
    gave that, where there is one.
    """

    __tablename__ = "eservices_case"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("code_index"),
        UniqueConstraint("year", "sequence"),
        Index("ix_eservices_case_queue", "state", "due_on", "id"),
        Index("ix_eservices_case_service", "service", "state", "due_on"),
        Index("ix_eservices_case_search_words", "search_words", postgresql_using="gin"),
        Index(
            "ix_eservices_case_open",
            text("due_on"),
            postgresql_where=text("state IN ('sent', 'in_work', 'signing')"),
        ),
    )
    sealed_as: ClassVar[str] = "eservices_case.answers"
    service: Mapped[str]
    definition_version: Mapped[int]
    number_index: Mapped[bytes | None] = mapped_column(index=True)
    search_words: Mapped[list[str] | None]
    answers: Mapped[bytes]
    starts_on: Mapped[date]
    served_on: Mapped[date | None]
    cure_until: Mapped[date | None]
    fee_cents: Mapped[int | None]
    speed: Mapped[str] = mapped_column(default="ordinary")
    speed_days: Mapped[int | None]
    pays_first: Mapped[bool] = mapped_column(default=False)
    needs_second: Mapped[bool] = mapped_column(default=False)
    delivery: Mapped[str] = mapped_column(default="")
    handed_at: Mapped[datetime | None]
    extension: Mapped[str] = mapped_column(default="")
    days_late: Mapped[int | None]
    warned_for: Mapped[date | None]
    renews_id: Mapped[UUID | None] = mapped_column(index=True)
    power_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("tenant.eservices_power.id"), index=True
    )
    represented_id: Mapped[UUID | None] = mapped_column(index=True)
    goes_to: Mapped[str] = mapped_column(default="", server_default="")


class Step(CaseLineRow, TenantModel):
    """One thing that happened to an application."""

    __tablename__ = "eservices_step"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_eservices_step_case", "case_id", "at"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.eservices_case.id"))


class Look(LookRow, TenantModel):
    """Somebody of the staff opened an application, and said what for. The person sees it."""

    __tablename__ = "eservices_look"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_eservices_look_case", "case_id", "at"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.eservices_case.id"))
