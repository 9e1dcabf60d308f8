"""Public projects of all municipalities, side by side: each writes its own rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, select

from obshto.modules.projects.models import Project, RegionalProject
from obshto.modules.projects.services.queries import LIGHT, public, states_of, translations
from obshto.modules.projects.services.vocabulary import ProjectState
from obshto.platform.practice_exits import told_outside
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.platform.web.language import OTHERS, SOURCE
from obshto.tenants.api import municipalities

REASON = "projects:show-in-region"
FEW = 10  # projects below which a number for a thousand people says little


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionalProjectFilter:
    """What somebody asked the region's list for; empty words ask for everything."""

    municipality: str = ""
    state: str = ""
    subject: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectComparison:
    """A municipality beside the others. `residents` is None where nobody counted them."""

    municipality: str
    projects: int
    late: int
    cents: int
    residents: int | None

    @property
    def projects_per_thousand(self) -> float | None:
        return 1000 * self.projects / self.residents if self.residents else None

    @property
    def cents_per_thousand(self) -> int | None:
        return 1000 * self.cents // self.residents if self.residents else None

    @property
    def is_small(self) -> bool:
        """So few that one more would change it."""
        return self.projects < FEW


def show_in_region(uow: UnitOfWork, *, payload: Mapping[str, Any] | None = None) -> None:
    """Job and reaction: the public projects as they are here, in place of those before."""
    slug = uow.scope.slug
    found = uow.session.scalars(public(uow).options(*LIGHT)).all()
    states, titles = states_of(uow, found), _titles(uow, found)
    rows = [
        RegionalProject(
            municipality=slug,
            project_id=row.id,
            titles=titles[row.id],
            subject=row.subject,
            state=states[row.id],
            ekatte=row.ekatte,
            total_cents=row.total_cents,
            starts_on=row.starts_on,
            ends_on=row.ended_on or row.stopped_on or row.ends_on,
            published_at=row.published_at,
        )
        for row in found
    ]
    with open_uow(None, Principal.system(REASON)) as region:
        own = RegionalProject.municipality == slug
        region.session.execute(delete(RegionalProject).where(own))
        region.session.add_all(told_outside(rows))
        region.invalidate_region_pages()


def _titles(uow: UnitOfWork, projects: Sequence[Project]) -> dict[UUID, dict[str, str]]:
    """Of each by language. A query a language."""
    told = {row.id: {SOURCE: row.title} for row in projects}
    for language in OTHERS:
        for key, text in translations(uow, projects, language).items():
            told[key][language] = text.title
    return told


def regional_projects(
    wanted: RegionalProjectFilter, *, among: Collection[str]
) -> Select[RegionalProject]:
    """Of those municipalities that have the part on, the newest first."""
    rows = select(RegionalProject).where(RegionalProject.municipality.in_(among))
    asked = {
        RegionalProject.municipality: wanted.municipality,
        RegionalProject.state: wanted.state,
        RegionalProject.subject: wanted.subject,
        RegionalProject.ekatte: wanted.place,
    }
    rows = rows.where(*(column == word for column, word in asked.items() if word))
    return rows.order_by(RegionalProject.published_at.desc(), RegionalProject.project_id)


def projects_by_village(
    uow: UnitOfWork, wanted: RegionalProjectFilter, *, among: Collection[str]
) -> Mapping[str, int]:
    """How many stand in each village, by EKATTE code. One query."""
    rows = regional_projects(wanted, among=among).order_by(None)
    counted = rows.where(RegionalProject.ekatte != "").group_by(RegionalProject.ekatte)
    told = counted.with_only_columns(RegionalProject.ekatte, func.count())
    return {code: number for code, number in uow.session.execute(told)}


def project_comparison(uow: UnitOfWork, *, among: Collection[str]) -> list[ProjectComparison]:
    """Each municipality in the order of its name. One query and a read of the census."""
    row = RegionalProject
    sums = select(
        *(row.municipality, func.count(), func.sum(row.total_cents)),
        func.count().filter(row.state == ProjectState.LATE.value),
    ).where(row.municipality.in_(among))
    by_slug = uow.session.execute(sums.group_by(row.municipality))
    told = {slug: (number, int(cents or 0), late) for slug, number, cents, late in by_slug}
    return [
        ProjectComparison(
            municipality=one.slug,
            projects=told[one.slug][0],
            cents=told[one.slug][1],
            late=told[one.slug][2],
            residents=(one.facts.get("census") or {}).get("total"),
        )
        for one in municipalities()
        if one.slug in told
    ]
