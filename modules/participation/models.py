"""Tables of reports on participation, in every municipality, and what the region shows of all."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, TenantModel, new_id
from obshto.platform.db.version import Versioned


class ParticipationReport(Versioned, TenantModel):
    """A year as it was counted. `figures` are those of `services/figures.py`; once `published_at`
    is there they stay as they are. `foreword` is the mayor's, in Bulgarian.
    """

    __tablename__ = "participation_report"
    __table_args__ = (UniqueConstraint("request_id"), UniqueConstraint("year"))
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    year: Mapped[int]
    foreword: Mapped[str]
    figures: Mapped[dict[str, Any]]
    counted_at: Mapped[datetime]
    published_at: Mapped[datetime | None]

    @property
    def path(self) -> str:
        """Where citizens read it, below the host and the language."""
        return f"/participation/{self.year}"


class RegionalParticipation(SharedModel):
    """A published year of a municipality, in four numbers; written by its own reaction.

    `residents` are those of the census, empty where nobody knows. `ways` are the figures of each
    way as the municipality told them itself, without its settlements.
    """

    __tablename__ = "regional_participation"
    municipality: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    things: Mapped[int]
    voices: Mapped[int]
    kept: Mapped[int]
    late: Mapped[int]
    residents: Mapped[int | None]
    ways: Mapped[dict[str, Any]] = mapped_column(JSONB, default=dict, server_default="{}")


MODELS = (ParticipationReport, RegionalParticipation)
