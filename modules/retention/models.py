"""Table of retention: forecasts of what would go."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import TenantModel, new_id


class RetentionCheck(TenantModel):
    """A dry run of all retention jobs: asked for, then finished with its lines.

    A line has `part`, `job`, `days` from the moment of the check, `erased` and `emptied` rows,
    `has_more` (there is more than was counted), `is_held` (a legal hold stops the whole kind).
    """

    __tablename__ = "retention_check"
    __table_args__ = (
        UniqueConstraint("request_id"),
        Index("ix_retention_check_asked", "asked_at", "id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    lines: Mapped[list[dict[str, Any]]]


MODELS = (RetentionCheck,)
