"""Answers of readers."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel


class UsefulnessAnswer(TenantModel):
    """Whether a published thing was of use. A day and no hour, an id without time: it leads to
    nobody.

    `part` and `object_id` are those under which its part tells the search of it.
    """

    __tablename__ = "usefulness_answer"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_usefulness_answer_thing", "part", "object_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    request_id: Mapped[UUID]
    part: Mapped[str]
    object_id: Mapped[UUID]
    was_useful: Mapped[bool]
    given_on: Mapped[date] = mapped_column(index=True)
