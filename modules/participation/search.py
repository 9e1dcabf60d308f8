"""Index rows of published reports on participation."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from obshto.modules.participation.events import ReportForeworded, ReportPublished
from obshto.modules.participation.models import ParticipationReport
from obshto.modules.participation.services.reports import published
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every published year. One query."""
    wanted = published() if ids is None else published().where(ParticipationReport.id.in_(ids))
    for report in uow.session.scalars(wanted):
        assert report.published_at
        yield PublicEntry(
            object_id=report.id,
            kind="report",
            title=f"Кой беше чут през {report.year} г.",
            path=report.path,
            published_at=report.published_at,
            language=SOURCE,
            text=report.foreword,
        )


SEARCH = PublicEntries(facts=frozenset((ReportPublished, ReportForeworded)), of=entries_of)
