"""Index rows of reports: what everybody may see, by place and kind; never the sender's words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from flask_babel import force_locale

from obshto.modules.reports.events import EVENTS
from obshto.modules.reports.models import Report
from obshto.modules.reports.services.kinds import kind_of
from obshto.modules.reports.services.queries import public
from obshto.platform.modularity.manifest import PublicEntries, PublicEntry
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE
from obshto.tenants.api import name_of, settlements_here


def entries_of(uow: UnitOfWork, ids: Collection[UUID] | None) -> Iterable[PublicEntry]:
    """Every report that the public sees. Two queries."""
    wanted = public().where(Report.public_words != "")
    if ids is not None:
        wanted = wanted.where(Report.id.in_(ids))
    reports = uow.session.scalars(wanted).all()
    names = settlements_here(uow) if reports else {}
    for report in reports:
        where = name_of(report.settlement, names, SOURCE)
        with force_locale(SOURCE):
            title = f"{kind_of(report).title}, {where or report.number}"
        yield PublicEntry(
            object_id=report.id,
            kind="report",
            title=title,
            path=f"/reports/{report.id}",
            published_at=report.sent_at,
            language=SOURCE,
            text=report.public_words,
            place=where,
        )


SEARCH = PublicEntries(facts=frozenset(fact for fact in EVENTS if fact.is_public), of=entries_of)
