"""Money of all projects by programme and by year, of the municipality or of one village."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, extract, func, select

from obshto.modules.projects.models import FundingShare, Programme, Project, ProjectPayment
from obshto.modules.projects.services.queries import LIGHT, public
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork

SPAN = 5  # years that „what did my village get“ looks back on
MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeMoney:
    """Euro cents of one programme: promised in all, paid by year."""

    programme: Programme
    promised: int
    by_year: dict[int, int]

    @property
    def paid(self) -> int:
        return sum(self.by_year.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyOverview:
    """Rows by programme over some years, and the projects that they are of."""

    years: Sequence[int]
    rows: Sequence[ProgrammeMoney]
    projects: Sequence[Project]

    def of_year(self, year: int) -> int:
        return sum(row.by_year.get(year, 0) for row in self.rows)

    @property
    def promised(self) -> int:
        return sum(row.promised for row in self.rows)

    @property
    def paid(self) -> int:
        return sum(row.paid for row in self.rows)


def overview_of(uow: UnitOfWork, ekatte: str = "") -> MoneyOverview:
    """The last five years, this one among them. Four queries, however many projects there are."""
    this = day_of(uow.now).year
    years = range(this - SPAN + 1, this + 1)
    shown = public(uow).order_by(None)
    shown = shown.where(Project.ekatte == ekatte) if ekatte else shown
    ids = shown.with_only_columns(Project.id)
    promised, paid = _promised(uow, ids), _paid(uow, ids, years)
    known = {*promised, *(programme_id for programme_id, _ in paid)}
    programmes = select(Programme).where(Programme.id.in_(known)).order_by(Programme.name_key)
    rows = [
        ProgrammeMoney(
            programme=row,
            promised=promised.get(row.id, 0),
            by_year={year: paid[row.id, year] for year in years if (row.id, year) in paid},
        )
        for row in uow.session.scalars(programmes)
    ]
    newest = shown.options(*LIGHT).order_by(Project.starts_on.desc().nulls_last(), Project.id)
    projects = uow.session.scalars(newest.limit(MOST)).all() if ekatte else ()
    return MoneyOverview(years=years, rows=rows, projects=projects)


def _promised(uow: UnitOfWork, ids: Select[UUID]) -> dict[UUID, int]:
    shares = select(FundingShare.programme_id, func.sum(FundingShare.cents))
    of_them = shares.where(FundingShare.project_id.in_(ids)).group_by(FundingShare.programme_id)
    return {key: int(cents) for key, cents in uow.session.execute(of_them)}


def _paid(uow: UnitOfWork, ids: Select[UUID], years: range) -> dict[tuple[UUID, int], int]:
    year = extract("year", ProjectPayment.paid_on)
    sums = select(ProjectPayment.programme_id, year, func.sum(ProjectPayment.cents))
    of_them = sums.where(ProjectPayment.project_id.in_(ids), year.between(years[0], years[-1]))
    rows = uow.session.execute(of_them.group_by(ProjectPayment.programme_id, year))
    return {(key, int(number)): int(cents) for key, number, cents in rows}
