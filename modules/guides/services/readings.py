"""Readings: a guide was read to its end and was of use or not. Nobody is named."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select

from obshto.modules.guides.models import CitizenGuide, GuideReading
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=3 * 365)


@dataclass(frozen=True, slots=True)
class ReadingTally:
    """Numbers of readings of a guide: those that were of use, those that were not."""

    useful: int = 0
    useless: int = 0

    @property
    def total(self) -> int:
        return self.useful + self.useless


def count_reading(
    uow: UnitOfWork, guide: CitizenGuide, *, was_useful: bool, settlement: str, request_id: UUID
) -> None:
    """Count a finished reading without who read. The same `request_id` again does nothing."""
    row = GuideReading(
        request_id=request_id,
        guide_id=guide.id,
        read_on=day_of(uow.now),
        settlement=settlement,
        was_useful=was_useful,
    )
    if create_once(uow, row) is not row:
        return


def tallies(uow: UnitOfWork, ids: Collection[UUID]) -> dict[UUID, ReadingTally]:
    """Tallies of these guides, those alone that somebody read. One query."""
    useful = func.count().filter(GuideReading.was_useful.is_(True))
    rows = select(GuideReading.guide_id, useful, func.count()).where(GuideReading.guide_id.in_(ids))
    counted = uow.session.execute(rows.group_by(GuideReading.guide_id)).all() if ids else ()
    return {guide_id: ReadingTally(yes, all_ - yes) for guide_id, yes, all_ in counted}


def forget_readings(uow: UnitOfWork) -> None:
    """Job: readings are kept for three years."""
    old = GuideReading.read_on < day_of(uow.now - KEPT)
    uow.session.execute(delete(GuideReading).where(old))
