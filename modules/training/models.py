"""Tables of training: attempts at missions, records of what was learned."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class MissionAttempt(Versioned, TenantModel):
    """One person at one mission, from a moment on. `steps_done` never falls: a reset of the
    practice municipality takes the papers away, not what was done with them.
    """

    __tablename__ = "training_attempt"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index(
            "uq_training_attempt_open",
            "person_id",
            "mission",
            unique=True,
            postgresql_where=text("finished_at IS NULL"),
        ),
        Index("ix_training_attempt_person", "person_id", "mission", "started_at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    person_id: Mapped[UUID]
    mission: Mapped[str]
    started_at: Mapped[datetime]
    steps_done: Mapped[int] = mapped_column(server_default="0")
    finished_at: Mapped[datetime | None]


class TrainingRecord(Versioned, TenantModel):
    """One thing that somebody learned: a mission that was done, a course entered by hand."""

    __tablename__ = "training_record"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_training_record_person", "person_id", "topic"),
        Index("ix_training_record_valid_until", "valid_until"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    person_id: Mapped[UUID]
    topic: Mapped[str]
    mission: Mapped[str]  # empty for a course
    course: Mapped[str]  # its title and who gave it; empty for a mission
    learned_on: Mapped[date]
    valid_until: Mapped[date]
    entered_by_id: Mapped[UUID | None]
    warned_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]


MODELS = (MissionAttempt, TrainingRecord)
