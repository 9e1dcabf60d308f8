"""Published years of all municipalities, side by side: each writes its own row."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from obshto.modules.participation.models import RegionalParticipation
from obshto.modules.participation.services.figures import summed, without_places
from obshto.modules.participation.services.reports import published
from obshto.platform.practice_exits import told_outside
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.tenants.api import residents_of

REASON = "participation:show-in-region"
FEW = 100  # voices below which a number for a thousand people says little


@dataclass(frozen=True, slots=True)
class RegionalLine:
    """A municipality's year; nothing `per_thousand` residents where nobody knows how many."""

    row: RegionalParticipation

    @property
    def per_thousand(self) -> float | None:
        residents = self.row.residents
        return 1000 * self.row.voices / residents if residents else None

    @property
    def is_small(self) -> bool:
        """So few that a handful of people would change it."""
        return self.row.voices < FEW


def show_in_region(uow: UnitOfWork, *, payload: Mapping[str, Any] | None = None) -> None:
    """Job and reaction: the published years as they are here."""
    slug = uow.scope.slug
    census = residents_of(slug)
    residents = sum(census.by_age.values()) if census else None
    found = uow.session.scalars(published()).all()
    rows = [
        RegionalParticipation(
            municipality=slug,
            year=report.year,
            residents=residents,
            ways=without_places(report.figures),
            **summed(report.figures),
        )
        for report in found
    ]
    with open_uow(None, Principal.system(REASON)) as region:
        own = RegionalParticipation.municipality == slug
        region.session.execute(delete(RegionalParticipation).where(own))
        region.session.add_all(told_outside(rows))
        region.invalidate_region_pages()


def regional_years(uow: UnitOfWork, *, among: Collection[str]) -> Sequence[int]:
    """Years of which any of these tells, the latest first. One query."""
    own = RegionalParticipation.municipality.in_(among)
    rows = select(RegionalParticipation.year).where(own).distinct()
    return uow.session.scalars(rows.order_by(RegionalParticipation.year.desc())).all()


def regional_lines(uow: UnitOfWork, year: int, *, among: Collection[str]) -> Sequence[RegionalLine]:
    """That year of those municipalities that have the part on. One query."""
    row = RegionalParticipation
    wanted = select(row).where(row.municipality.in_(among), row.year == year)
    rows = uow.session.scalars(wanted.order_by(row.municipality))
    return [RegionalLine(one) for one in rows]
