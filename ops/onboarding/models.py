"""What the keeper is asked to make, how far it is; a row of the region for each municipality."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from obshto.platform.db.base import SharedModel, new_id


class OnboardingStep(StrEnum):
    """In this order; the first is the keeper's, who alone may make tables."""

    TABLES = "tables"
    ORGANIZATION = "organization"
    INVITATION = "invitation"


class Welcome(SharedModel):
    """`given` is what the form said; `done` the moment of each step; `trouble` what went wrong.

    The queue carries the id of such a row alone: a municipality's role cannot write one, so
    nothing that it puts into the queue makes anything.
    """

    __tablename__ = "welcome"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    given: Mapped[dict[str, Any]]
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    done: Mapped[dict[str, str]]
    trouble: Mapped[str]

    @property
    def is_done(self) -> bool:
        return set(self.done) == set(OnboardingStep)
