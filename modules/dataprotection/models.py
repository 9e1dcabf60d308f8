"""Tables of data protection in every municipality."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.cases.models import CounterRow
from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class ProcessingActivity(Versioned, TenantModel):
    """What the officer adds to a declared activity, or one outside the portal as a whole.

    `part` and `word` name the declaration; of an own activity both are empty and the columns from
    `title` to `kept` are filled. `people` are the groups of whom data are processed.
    """

    __tablename__ = "dataprotection_activity"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "uq_dataprotection_activity_declared",
            "part",
            "word",
            unique=True,
            postgresql_where=text("part <> ''"),
        ),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    part: Mapped[str]
    word: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    ground: Mapped[str] = mapped_column(default="")
    kinds: Mapped[str] = mapped_column(default="")
    kept: Mapped[str] = mapped_column(default="")
    people: Mapped[str]
    recipients: Mapped[str]
    transfers: Mapped[str]
    protection: Mapped[str]
    removed_at: Mapped[datetime | None]


class RegisterVersion(Versioned, TenantModel):
    """The register as it was proposed, and what the mayor decided; `number` once approved.

    `entries` are frozen in Bulgarian: what was approved never changes with the program. One waits
    at a time: `is_waiting` is true or null, and unique.
    """

    __tablename__ = "dataprotection_register"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("number"),
        UniqueConstraint("is_waiting"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    number: Mapped[int | None]
    is_waiting: Mapped[bool | None]
    entries: Mapped[list[dict[str, Any]]]
    words: Mapped[str]
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[UUID | None]
    proposed_by: Mapped[str]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None]
    approved_by: Mapped[str] = mapped_column(default="")
    returned_at: Mapped[datetime | None]
    returned_why: Mapped[str] = mapped_column(default="")


class ImpactAssessment(Versioned, TenantModel):
    """An assessment of impact of one activity of the register (art. 35), or that none is needed.

    `activity` is the key of the entry, `entry` its frozen words when this was last written. One is
    open at a time: `is_open` is true or null, and unique. `number` counts the approved ones of an
    activity from 1. `need` is empty until decided („needed“, „not“); `answers` stand by the words
    of `services/assessment_questions.py`. `proposed_at` is empty while the officer writes.
    """

    __tablename__ = "dataprotection_assessment"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("activity", "is_open"),
        UniqueConstraint("activity", "number"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    activity: Mapped[str]
    number: Mapped[int | None]
    is_open: Mapped[bool | None]
    entry: Mapped[dict[str, Any]]
    criteria: Mapped[list[str]] = mapped_column(ARRAY(Text))
    need: Mapped[str]
    why: Mapped[str]
    answers: Mapped[dict[str, Any]]
    proposed_at: Mapped[datetime | None]
    proposed_by_id: Mapped[UUID | None]
    proposed_by: Mapped[str] = mapped_column(default="")
    returned_why: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None]
    approved_by: Mapped[str] = mapped_column(default="")


class DetectionCursor(TenantModel):
    """How far the recorded looks were examined; one row, locked by who examines."""

    __tablename__ = "dataprotection_cursor"
    name: Mapped[str] = mapped_column(primary_key=True)
    reached_at: Mapped[datetime]


class ExaminedLook(TenantModel):
    """A look of the last days that was examined: what was committed late is told apart by it."""

    __tablename__ = "dataprotection_examined"
    look_id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class Acquaintance(TenantModel):
    """An official and a person who know each other; `subject_index` is one of a recorded look."""

    __tablename__ = "dataprotection_acquaintance"
    by_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_index: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    marked_at: Mapped[datetime]


class LookFinding(Versioned, TenantModel):
    """An unusual look, or several of one person in one hour or night, that somebody must explain.

    `key` holds the kind, who and the hour, night or look, and is unique: examined twice it is one.
    `look_id` is the first of them, `number` how many. `raised_at` is the detecting signal.
    `outcome` is empty until it is explained or became an incident.
    """

    __tablename__ = "dataprotection_finding"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_dataprotection_finding_queue", "outcome", "raised_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[str]
    kind: Mapped[str]
    look_id: Mapped[UUID]
    part: Mapped[str]
    by_id: Mapped[UUID | None] = mapped_column(index=True)
    by_name: Mapped[str]
    office: Mapped[str]
    first_at: Mapped[datetime]
    number: Mapped[int]
    raised_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(default="")
    explanation: Mapped[str | None] = mapped_column(
        Encrypted("dataprotection_finding.explanation"), deferred=True
    )
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None]
    decided_by: Mapped[str] = mapped_column(default="")


class Incident(Versioned, TenantModel):
    """A breach of data of people, or a drill of one (Regulation (EU) 2016/679, art. 33 and 34).

    The texts name no person: they are the documentation that the authority may read. `due_at` is
    72 hours after `detected_at`. `authority` and `persons` are empty until it is decided whether
    they are told („tell“, „not“). `about_id` is whose look it came from: that person never sees it.
    `warned` counts the reminders of the term. Drills have numbers of their own.
    """

    __tablename__ = "dataprotection_incident"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("finding_id"),
        UniqueConstraint("year", "sequence", "is_drill"),
        Index("ix_dataprotection_incident_queue", "closed_at", "due_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    finding_id: Mapped[UUID | None]
    about_id: Mapped[UUID | None] = mapped_column(index=True)
    year: Mapped[int]
    sequence: Mapped[int]
    is_drill: Mapped[bool]
    title: Mapped[str]
    detected_at: Mapped[datetime]
    due_at: Mapped[datetime]
    happened: Mapped[str] = mapped_column(default="")
    people: Mapped[str] = mapped_column(default="")
    how_many: Mapped[int | None]
    kinds: Mapped[list[str]]
    consequences: Mapped[str] = mapped_column(default="")
    measures: Mapped[str] = mapped_column(default="")
    nature: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list, server_default="{}")
    happened_when: Mapped[str] = mapped_column(default="", server_default="")
    records: Mapped[int | None]
    contact: Mapped[str] = mapped_column(default="", server_default="")
    authority: Mapped[str] = mapped_column(default="")
    authority_why: Mapped[str] = mapped_column(default="")
    authority_told_at: Mapped[datetime | None]
    authority_number: Mapped[str] = mapped_column(default="")
    persons: Mapped[str] = mapped_column(default="")
    persons_why: Mapped[str] = mapped_column(default="")
    persons_told_at: Mapped[datetime | None]
    lessons: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    warned: Mapped[int] = mapped_column(default=0)

    @property
    def full_number(self) -> str:
        """As people write it: „2026-003“, of a drill „0-2026-001“: digits need no language."""
        return f"{'0-' if self.is_drill else ''}{self.year}-{self.sequence:03}"


class IncidentLine(TenantModel):
    """One thing that happened to an incident; `name` is a word of `services/incidents.py`."""

    __tablename__ = "dataprotection_line"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_dataprotection_line_incident", "incident_id", "at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID | None]
    incident_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.dataprotection_incident.id"))
    at: Mapped[datetime]
    name: Mapped[str]
    words: Mapped[str]
    by_id: Mapped[UUID | None]
    by_name: Mapped[str]


class IncidentCounter(CounterRow, TenantModel):
    """The last number of incidents in a year, and of drills."""

    __tablename__ = "dataprotection_counter"


class DrillPlan(Versioned, TenantModel):
    """A drill that is planned for a day; `incident_id` is the drill that was begun for it.

    One is open at a time: `is_open` is true or null, and unique.
    """

    __tablename__ = "dataprotection_drill"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("is_open"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    is_open: Mapped[bool | None]
    planned_on: Mapped[date]
    scenario: Mapped[str]
    planned_by_id: Mapped[UUID | None]
    planned_by: Mapped[str]
    incident_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("tenant.dataprotection_incident.id")
    )


class StaffLeave(Versioned, TenantModel):
    """Days on which somebody of the staff is away, as who heads the office entered them.

    Why somebody is away is not asked. A look on these days, under that name, raises a finding.
    """

    __tablename__ = "dataprotection_leave"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_dataprotection_leave_person", "person_id", "ends_on"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    person_id: Mapped[UUID]
    person_name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    entered_by_id: Mapped[UUID | None]
    entered_by: Mapped[str]
    removed_at: Mapped[datetime | None]


class Processor(Versioned, TenantModel):
    """A contract with who processes data for the municipality (art. 28)."""

    __tablename__ = "dataprotection_processor"
    __table_args__ = (UniqueConstraint("request_id"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    name: Mapped[str]
    service: Mapped[str]
    contact: Mapped[str]
    signed_on: Mapped[date]
    ends_on: Mapped[date | None]
    removed_at: Mapped[datetime | None]


MODELS = (
    *(ProcessingActivity, RegisterVersion, ImpactAssessment),
    *(DetectionCursor, ExaminedLook, LookFinding, Acquaintance),
    *(Incident, IncidentLine, IncidentCounter, Processor, DrillPlan, StaffLeave),
)
