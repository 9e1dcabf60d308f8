"""Tables of projects: a project with its stages, who pays, what was paid, news and questions."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.control_rows import HoldsControlRow
from obshto.platform.db.version import Versioned
from obshto.platform.editorial.models import Attached, Earlier, Written
from obshto.platform.keys.encryption import Encrypted
from obshto.platform.questions.models import QuestionRow

PROJECT = "tenant.projects_project.id"
PROGRAMME = "tenant.projects_programme.id"


class Project(HoldsControlRow, Written, TenantModel):
    """A project in one language; a translation carries words alone.

    `summary` is the purpose, `markdown` the rest. `number` is the one of the municipality's
    accounts, empty where there is none. `ends_on` is the promised end as it is now, `promised_on`
    as it was first promised. Each sum is kept in euro cents (`…_cents`) and as it was agreed
    (`…_given`, in hundredths of `…_currency`). `sum_note` says why the parts differ from the total.
    `heard_at` is the last news, `confirmed_at` when staff last said that all is true.
    """

    __tablename__ = "projects_project"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "uq_projects_project_translation",
            "translation_of",
            "language",
            unique=True,
            postgresql_where=text("deleted_at IS NULL"),
        ),
        Index(
            "uq_projects_project_number",
            "number",
            unique=True,
            postgresql_where=text("number <> '' AND deleted_at IS NULL"),
        ),
        Index(
            "ix_projects_project_shown",
            text("published_at DESC"),
            postgresql_where=text("deleted_at IS NULL AND translation_of IS NULL"),
        ),
    )
    translation_of: Mapped[UUID | None] = mapped_column(ForeignKey(PROJECT))
    number: Mapped[str] = mapped_column(default="")
    subject: Mapped[str] = mapped_column(default="other")
    ekatte: Mapped[str] = mapped_column(default="")  # empty for the whole municipality
    address: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    promised_on: Mapped[dt.date | None]
    ended_on: Mapped[dt.date | None]
    stopped_on: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(default="")  # why it was stopped
    total_cents: Mapped[int | None] = mapped_column(BigInteger)
    total_given: Mapped[int | None] = mapped_column(BigInteger)
    total_currency: Mapped[str] = mapped_column(default="EUR")
    sum_note: Mapped[str] = mapped_column(default="")
    contractor: Mapped[str] = mapped_column(default="")
    contract_number: Mapped[str] = mapped_column(default="")
    contract_ocid: Mapped[str] = mapped_column(default="", server_default="")  # of OCDS
    contract_on: Mapped[dt.date | None]
    contract_url: Mapped[str] = mapped_column(default="")
    contract_cents: Mapped[int | None] = mapped_column(BigInteger)
    contract_given: Mapped[int | None] = mapped_column(BigInteger)
    contract_currency: Mapped[str] = mapped_column(default="EUR")
    consultation_id: Mapped[UUID | None]
    heard_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/projects/{self.translation_of or self.id}"


class Version(Earlier, TenantModel):
    """Earlier words of a project."""

    __tablename__ = "projects_version"
    __table_args__ = (Index("ix_projects_version_project", "project_id", text("replaced_at DESC")),)
    text_id: Mapped[UUID] = mapped_column("project_id", ForeignKey(PROJECT))


class Attachment(Attached, TenantModel):
    """A file of a project. `moment` says of a picture: before, during or after the work."""

    __tablename__ = "projects_attachment"
    __table_args__ = (UniqueConstraint("request_id"),)
    text_id: Mapped[UUID] = mapped_column("project_id", ForeignKey(PROJECT), index=True)
    moment: Mapped[str] = mapped_column(default="", server_default="")

    @property
    def path(self) -> str:
        return f"/projects/files/{self.id}"


class Stage(Versioned, TenantModel):
    """A step with a promise: its day as promised first and now, the day it was reached.

    `late_told_at` says that those who follow heard that its day passed.
    """

    __tablename__ = "projects_stage"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_projects_stage_project", "project_id", "due_on"),
        Index("ix_projects_stage_due", "due_on", postgresql_where=text("reached_on IS NULL")),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    project_id: Mapped[UUID] = mapped_column(ForeignKey(PROJECT))
    title: Mapped[str]
    due_on: Mapped[dt.date]
    promised_on: Mapped[dt.date]
    reached_on: Mapped[dt.date | None]
    heard_at: Mapped[datetime]
    late_told_at: Mapped[datetime | None]

    def is_late(self, day: dt.date) -> bool:
        """Its day passed and nobody said that it was reached."""
        return self.reached_on is None and self.due_on < day


class StageNews(TenantModel):
    """A sentence about a stage or the whole project, with a picture perhaps."""

    __tablename__ = "projects_news"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_projects_news_project", "project_id", text("at DESC")),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    project_id: Mapped[UUID] = mapped_column(ForeignKey(PROJECT))
    stage_id: Mapped[UUID | None] = mapped_column(index=True)
    attachment_id: Mapped[UUID | None]
    text: Mapped[str]
    at: Mapped[datetime]


class Programme(Versioned, TenantModel):
    """A source of money: a programme, the state, the municipality's own budget."""

    __tablename__ = "projects_programme"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("name_key"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    name: Mapped[str]
    name_key: Mapped[str]
    source: Mapped[str]


class FundingShare(TenantModel):
    """The part of a project's total that one programme pays."""

    __tablename__ = "projects_share"
    project_id: Mapped[UUID] = mapped_column(ForeignKey(PROJECT), primary_key=True)
    programme_id: Mapped[UUID] = mapped_column(ForeignKey(PROGRAMME), primary_key=True)
    cents: Mapped[int] = mapped_column(BigInteger)
    given: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]


class ProjectPayment(TenantModel):
    """A sum that was paid, as the accounts have it. `request_id` is made of all it says."""

    __tablename__ = "projects_payment"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_projects_payment_project", "project_id", "paid_on"),
        Index("ix_projects_payment_programme", "programme_id", "paid_on"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    project_id: Mapped[UUID] = mapped_column(ForeignKey(PROJECT))
    programme_id: Mapped[UUID] = mapped_column(ForeignKey(PROGRAMME))
    paid_on: Mapped[dt.date]
    document: Mapped[str]
    cents: Mapped[int] = mapped_column(BigInteger)
    given: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str]


class BudgetYear(Versioned, TenantModel):
    """The municipality's budget of a year. `as_of`: until when what was done is counted."""

    __tablename__ = "projects_budget"
    __table_args__ = (UniqueConstraint("year"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    year: Mapped[int]
    currency: Mapped[str]
    as_of: Mapped[dt.date | None]
    note: Mapped[str]
    taken_at: Mapped[datetime]


class BudgetLine(TenantModel):
    """A function of a budget: plan, its changes since, what was done.

    Each sum is kept in euro cents and, `…_given`, in hundredths of the currency of the year.
    """

    __tablename__ = "projects_budget_line"
    budget_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenant.projects_budget.id"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    function: Mapped[str]
    plan_cents: Mapped[int] = mapped_column(BigInteger)
    plan_given: Mapped[int] = mapped_column(BigInteger)
    changes_cents: Mapped[int] = mapped_column(BigInteger)
    changes_given: Mapped[int] = mapped_column(BigInteger)
    done_cents: Mapped[int] = mapped_column(BigInteger)
    done_given: Mapped[int] = mapped_column(BigInteger)

    @property
    def changed_cents(self) -> int:
        """The plan as it is now."""
        return self.plan_cents + self.changes_cents


class ProjectQuestion(QuestionRow, TenantModel):
    """A citizen's question. `words` are as they were sent, `asked` and `answer` are public.

    Half a year after the decision `words` and `email` are emptied.
    """

    __tablename__ = "projects_question"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_projects_question_project", "project_id", text("decided_at DESC")),
        Index(
            "ix_projects_question_waiting", "sent_at", postgresql_where=text("decided_at IS NULL")
        ),
    )
    project_id: Mapped[UUID] = mapped_column(ForeignKey(PROJECT))
    channel: Mapped[str]
    words: Mapped[str] = mapped_column(Encrypted("projects_question.words"))
    sent_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    is_public: Mapped[bool]
    asked: Mapped[str]


class RegionalProject(SharedModel):
    """A public project of a municipality for the region; written by the municipality's own job.

    `titles` by language, Bulgarian always. `state` is that of the night it was written.
    """

    __tablename__ = "regional_project"
    __table_args__ = (Index("ix_regional_project_newest", text("published_at DESC")),)
    municipality: Mapped[str] = mapped_column(primary_key=True)
    project_id: Mapped[UUID] = mapped_column(primary_key=True)
    titles: Mapped[dict[str, str]] = mapped_column(JSONB)
    subject: Mapped[str]
    state: Mapped[str]
    ekatte: Mapped[str]
    total_cents: Mapped[int | None] = mapped_column(BigInteger)
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    published_at: Mapped[datetime]

    @property
    def path(self) -> str:
        """Where citizens read it in its municipality, below the host and the language."""
        return f"/projects/{self.project_id}"


MODELS = (
    Project,
    Version,
    Attachment,
    Stage,
    StageNews,
    Programme,
    FundingShare,
    ProjectPayment,
    BudgetYear,
    BudgetLine,
    ProjectQuestion,
    RegionalProject,
)
