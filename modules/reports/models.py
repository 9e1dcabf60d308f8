"""Tables of reports, in every municipality."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from obshto.platform.cases.models import CaseLineRow, CaseRow, CounterRow, LookRow
from obshto.platform.cases.staff_groups import GroupMemberRow, StaffGroupRow
from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class OwnReportKind(Versioned, TenantModel):
    """A kind that the municipality calls by its own name, within one of the common kinds.

    The common `kind` says whether it accuses somebody, and what the region, neighbours and open
    data count. `names` by language; `days` until an answer. Of a retired one nothing new is taken.
    """

    __tablename__ = "reports_kind"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    kind: Mapped[str]
    names: Mapped[dict[str, str]]
    icon: Mapped[str]
    days: Mapped[int]
    needs_account: Mapped[bool]
    team_id: Mapped[UUID | None]
    retired_at: Mapped[datetime | None]


class Report(CaseRow, TenantModel):
    """One thing that somebody told, at a place.

    `words`, `place` and whom to reach lie encrypted and are never public; `public_words` are the
    staff's. A kind that accuses somebody is public once `is_verified`. `is_signal`: the sender
    asked for a decision by law. `email_confirmed_at`: since when news go to an address that was
    typed, `phone_confirmed_at` to a phone. `fixed_at` starts the days without a no. `first_id` is
    the report that this one tells again. While `body`, another authority, has it (since `body_on`),
    staff are reminded on `remind_on`; of a municipality `neighbour` is the slug. With
    `may_be_passed`, the sender's consent, it goes there as a report, under `neighbour_number`; the
    code with which its sender follows it there is read by nobody else. `escalation` is the step of
    `services/escalation.py` that it has reached, 0 for none, on the day `escalated_on`. The written
    decision of a signal is told to its sender by `announce_by`. A report waits for a team while
    `team_id` has no assignee beside it.
    """

    __tablename__ = "reports_report"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("code_index"),
        UniqueConstraint("year", "sequence"),
        Index("ix_reports_report_queue", "state", "due_on", "id"),
        Index("ix_reports_report_place", "settlement", "kind", "sent_at"),
        Index("ix_reports_report_first", "first_id"),
    )
    kind: Mapped[str]
    own_kind_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("tenant.reports_kind.id"), index=True
    )
    own_kind: Mapped[OwnReportKind | None] = relationship()
    settlement: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    place: Mapped[str | None] = mapped_column(Encrypted("reports_report.place"))
    words: Mapped[str | None] = mapped_column(Encrypted("reports_report.words"))
    email: Mapped[str | None] = mapped_column(Encrypted("reports_report.email"))
    phone: Mapped[str | None] = mapped_column(Encrypted("reports_report.phone"))
    email_confirmed_at: Mapped[datetime | None]
    phone_confirmed_at: Mapped[datetime | None]
    language: Mapped[str]
    is_signal: Mapped[bool]
    public_words: Mapped[str] = mapped_column(default="")
    is_verified: Mapped[bool] = mapped_column(default=False)
    shows_photos: Mapped[bool] = mapped_column(default=False)
    fixed_at: Mapped[datetime | None]
    disputed_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_why: Mapped[str] = mapped_column(default="")
    first_id: Mapped[UUID | None]
    body: Mapped[str] = mapped_column(default="", server_default="")
    remind_on: Mapped[date | None]
    escalation: Mapped[int] = mapped_column(default=0, server_default="0")
    escalated_on: Mapped[date | None]
    announce_by: Mapped[date | None]
    announced_at: Mapped[datetime | None]
    team_id: Mapped[UUID | None] = mapped_column(index=True)
    body_on: Mapped[date | None]
    wants_cover: Mapped[bool] = mapped_column(default=False, server_default=false())
    may_be_passed: Mapped[bool] = mapped_column(default=False, server_default=false())
    neighbour: Mapped[str] = mapped_column(default="", server_default="")
    neighbour_number: Mapped[str] = mapped_column(default="", server_default="")
    neighbour_code: Mapped[str | None] = mapped_column(Encrypted("reports_report.neighbour_code"))


class ReportTeam(StaffGroupRow, TenantModel):
    """Some of the staff under a name that citizens read, too: „Осветление“."""

    __tablename__ = "reports_team"
    __table_args__ = (UniqueConstraint("request_id"),)


class TeamMember(GroupMemberRow, TenantModel):
    """Somebody of the staff in a team."""

    __tablename__ = "reports_member"
    team_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.reports_team.id"), primary_key=True)


class ReportLine(CaseLineRow, TenantModel):
    """One thing that happened to a report."""

    __tablename__ = "reports_line"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_reports_line_case", "case_id", "at"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.reports_report.id"))


class ReportLook(LookRow, TenantModel):
    """Somebody of the staff looked at who told it. The person sees it."""

    __tablename__ = "reports_look"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_reports_look_case", "case_id", "at"),
    )
    case_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.reports_report.id"))


class ReportCounter(CounterRow, TenantModel):
    """The last number of reports in a year."""

    __tablename__ = "reports_counter"


class ReportPhoto(TenantModel):
    """A photograph of the thing, drawn anew; `is_after` is the staff's, of the thing mended."""

    __tablename__ = "reports_photo"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    report_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.reports_report.id"), index=True)
    file_id: Mapped[UUID]
    is_after: Mapped[bool]
    added_at: Mapped[datetime]


class RegionalReport(SharedModel):
    """Regional copy of a public report, written by its municipality's own job.

    Nothing in it names a person or a point: `place` are the settlement's names by language,
    `words` those of staff. `borders` are the neighbours whose clerks see it, too.
    """

    __tablename__ = "regional_report"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    report_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    kind: Mapped[str]
    settlement: Mapped[str]
    place: Mapped[dict[str, str]]
    state: Mapped[str]
    words: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(index=True)
    due_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    borders: Mapped[list[str]]

    @property
    def public_words(self) -> str:
        """As a report of the municipality calls them, for lists of both."""
        return self.words

    @property
    def path(self) -> str:
        """Path at which citizens read it, below the municipality's host and the language."""
        return f"/reports/{self.report_id}"


MODELS = (
    *(OwnReportKind, Report, ReportLine, ReportLook, ReportCounter, ReportPhoto, RegionalReport),
    *(ReportTeam, TeamMember),
)
