"""Tables of the review of access: reviews, and a line for each role that somebody held."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id
from obshto.platform.db.version import Versioned


class LineDecision(StrEnum):
    """Outcome of a line. `GONE`: somebody else had taken the role before it was decided.
    `OWN`: a role of who ended the review; nobody reviews their own.
    """

    KEPT = "kept"
    TAKEN = "taken"
    GONE = "gone"
    OWN = "own"


class AccessReview(Versioned, TenantModel):
    """One review. `is_open` is true while it lasts, else NULL: unique, so one lasts at a time.

    Names are those of that day; an erasure empties them.
    """

    __tablename__ = "accessreview_review"
    __table_args__ = (
        UniqueConstraint("request_id"),
        UniqueConstraint("is_open"),
        Index("ix_accessreview_review_begun", "begun_at", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    is_open: Mapped[bool | None]
    begun_at: Mapped[datetime]
    begun_by_id: Mapped[UUID | None]
    begun_by: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    ended_by_id: Mapped[UUID | None]
    ended_by: Mapped[str] = mapped_column(server_default="")


class ReviewLine(Versioned, TenantModel):
    """A role of somebody as it stood when the review began, and what was decided.

    `role` is as an appointment names it, `role_name` as it was called. `used_at` is the last use in
    the year before the review, NULL where there was none.
    """

    __tablename__ = "accessreview_line"
    __table_args__ = (
        UniqueConstraint("review_id", "person_id", "role"),
        Index("ix_accessreview_line_list", "review_id", "name", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    review_id: Mapped[UUID] = mapped_column(ForeignKey(AccessReview.id, ondelete="CASCADE"))
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    name: Mapped[str]
    role: Mapped[str]
    role_name: Mapped[str]
    given_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    decision: Mapped[str | None]
    reason: Mapped[str] = mapped_column(server_default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None]
    decided_by: Mapped[str] = mapped_column(server_default="")


MODELS = (AccessReview, ReviewLine)
