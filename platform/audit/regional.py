"""The region's own log, as its team reads it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from obshto.platform.audit.filters import LogFilter, conditions
from obshto.platform.audit.models import RegionalEntry
from obshto.platform.audit.services import PAGE
from obshto.platform.unit_of_work import UnitOfWork

NOBODYS = "-"  # the place of acts upon no municipality


def regional_entries(
    region: UnitOfWork, wanted: LogFilter, *, before: UUID | None, place: str = ""
) -> list[RegionalEntry]:
    """A page of the newest, those older than that one; ids are in the order of time. One query.

    `place` is the slug of a municipality, or NOBODYS.
    """
    asked = select(RegionalEntry).where(*conditions(RegionalEntry, wanted))
    if place == NOBODYS:
        asked = asked.where(RegionalEntry.municipality.is_(None))
    elif place:
        asked = asked.where(RegionalEntry.municipality == place)
    if before:
        asked = asked.where(RegionalEntry.id < before)
    return list(region.session.scalars(asked.order_by(RegionalEntry.id.desc()).limit(PAGE)))
