"""Tables of privacy: proofs of retention, legal holds, erasures that wait, restrictions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned
from obshto.platform.keys.encryption import Encrypted


class RetentionRun(TenantModel):
    """What one run of a retention job took away. Counts and a keyed hash; it can only be added.

    `erased` rows are gone, `emptied` ones stay without what named a person. `tables` has for each
    table both counts and how many rows there were `before` and `after`. `ids_hash` is an HMAC under
    the municipality's key over tables, ids and what became of them: the same job on a copy of that
    night gives the same value, and nothing can be read from it. Of runs that took nothing one a day
    is kept. `holds` is how many legal holds the run had to obey; with `is_held` it did not begin.
    """

    __tablename__ = "privacy_retention_run"
    __table_args__ = (
        UniqueConstraint("empty_key"),
        Index("ix_privacy_retention_run_at", "at", "id"),
        Index("ix_privacy_retention_run_job", "job", "at"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    job: Mapped[str]
    part: Mapped[str]
    word: Mapped[str]  # of the `Processing`; empty for a rule of the job's own
    at: Mapped[datetime]
    erased: Mapped[int]
    emptied: Mapped[int]
    holds: Mapped[int]
    is_held: Mapped[bool]
    tables: Mapped[dict[str, Any]]
    ids_hash: Mapped[bytes | None]
    empty_key: Mapped[str | None]  # „job/day“ of a run that took nothing: one is kept


class LegalHold(Versioned, TenantModel):
    """What retention and erasure leave alone for a time: a kind, one case, one person's rows.

    `part` and `word` name the kind. A case has `object_id` and the `number` that people say; a hold
    on the person behind it has `person_id`, too. It binds up to and with the day `until`, unless
    it was `ended_at` before. `reason` names the dispute and nobody in it.
    """

    __tablename__ = "privacy_legal_hold"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_privacy_legal_hold_until", "until", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    reach: Mapped[str]
    part: Mapped[str]
    word: Mapped[str]
    object_id: Mapped[UUID | None]
    number: Mapped[str]
    person_id: Mapped[UUID | None]
    reason: Mapped[str]
    ground: Mapped[str]
    until: Mapped[date]
    placed_at: Mapped[datetime]
    placed_by_id: Mapped[UUID | None]
    placed_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None]
    ended_by: Mapped[str] = mapped_column(default="")
    ended_why: Mapped[str] = mapped_column(default="")


class PendingErasure(TenantModel):
    """Somebody asked to be erased while a hold was in force: it is done again when that ends."""

    __tablename__ = "privacy_pending_erasure"
    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]


class ProcessingRestriction(Versioned, TenantModel):
    """A person's restriction of processing that was accepted (Regulation (EU) 2016/679, art. 18).

    `case_id` and `number` are of the request that asked for it. `subject_index` holds keyed indexes
    of the person, as a recorded look does. It binds until `ends_at`, which is empty until somebody
    lifted it with a reason.
    """

    __tablename__ = "privacy_restriction"
    __table_args__ = (
        UniqueConstraint("case_id"),
        Index("ix_privacy_restriction_subject", "subject_index", postgresql_using="gin"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    case_id: Mapped[UUID]
    number: Mapped[str]
    subject_index: Mapped[list[bytes]] = mapped_column(ARRAY(LargeBinary))
    placed_at: Mapped[datetime]
    placed_by_id: Mapped[UUID | None]
    placed_by: Mapped[str]
    ends_at: Mapped[datetime | None]
    lifted_by_id: Mapped[UUID | None]
    lifted_by: Mapped[str] = mapped_column(default="")
    lifted_why: Mapped[str | None] = mapped_column(
        Encrypted("privacy_restriction.lifted_why"), deferred=True
    )


MODELS = (RetentionRun, LegalHold, PendingErasure, ProcessingRestriction)
