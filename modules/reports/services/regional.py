"""Reports of the region: each municipality writes its own rows, and they are read together.

A row is what everybody may see of a public report, so neither the region nor a neighbour ever reads
another municipality's schema, and no name, word of a sender or point leaves it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select

from obshto.modules.reports.models import RegionalReport, Report
from obshto.modules.reports.services.queries import UNSHOWN, public
from obshto.modules.reports.services.states import DONE, OPEN
from obshto.platform.db.batches import batches_of
from obshto.platform.db.regional_rows import put_rows, replace_rows
from obshto.platform.db.session import shared_session
from obshto.platform.practice_exits import told_outside
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.platform.village_map import Point
from obshto.tenants.api import (
    Names,
    homes_of_settlements,
    neighbours_at,
    settlements_here,
)

REASON = "reports:show-in-region"
ACROSS = 3  # of neighbours, before one tells a thing near the border


def show_in_region(uow: UnitOfWork, *, payload: Mapping[str, Any]) -> None:
    """Reaction: the region shows the report as it is now, or no more. Twice changes nothing."""
    report_id = UUID(payload["subject_id"])
    own = public().options(*UNSHOWN).where(Report.id == report_id)
    rows = _rows(uow, uow.session.scalars(own).all())
    with open_uow(None, Principal.system(REASON)) as region:
        if not rows:
            gone = delete(RegionalReport)
            gone = gone.filter_by(municipality=uow.scope.slug, report_id=report_id)
            region.session.execute(gone)
        put_rows(region.session, RegionalReport, rows)
        region.invalidate_region_pages()


def show_all_in_region(uow: UnitOfWork) -> None:
    """Job: the same of all, after a restore or what else no event tells of."""
    wanted = public().options(*UNSHOWN)
    batches = (_rows(uow, found) for found in batches_of(uow.session, wanted))
    with open_uow(None, Principal.system(REASON)) as region:
        replace_rows(region.session, RegionalReport, uow.scope.slug, batches)
        region.invalidate_region_pages()


def regional_reports(
    among: Collection[str], *, municipality: str = "", kind: str = "", state: str = ""
) -> Select[RegionalReport]:
    """Reports of municipalities that have them on, the newest first."""
    chosen = [municipality] if municipality in among else among
    rows = select(RegionalReport).where(RegionalReport.municipality.in_(chosen))
    if kind:
        rows = rows.where(RegionalReport.kind == kind)
    if state:
        rows = rows.where(RegionalReport.state.in_(OPEN if state == "open" else DONE))
    return rows.order_by(RegionalReport.sent_at.desc(), RegionalReport.report_id.desc())


def reports_at_border(
    slug: str, among: Collection[str], *, kind: str = "", state: str = ""
) -> Select[RegionalReport]:
    """Those of neighbours that concern this municipality, too."""
    others = [other for other in among if other != slug]
    rows = regional_reports(others, kind=kind, state=state)
    return rows.where(RegionalReport.borders.contains([slug]))


def neighbours_across(uow: UnitOfWork, *, settlement: str, point: Point | None) -> frozenset[str]:
    """The neighbours by whose border a place is; none for a place inland. One query."""
    return neighbours_at(uow.scope.slug, settlement, point, homes_of_settlements())


def told_across(uow: UnitOfWork, across: Collection[str], *, kind: str) -> Sequence[RegionalReport]:
    """Open ones of this common kind that these neighbours were told near the border. One query.

    Where exactly leaves no municipality.
    """
    rows = reports_at_border(uow.scope.slug, across, kind=kind, state="open").limit(ACROSS)
    with shared_session() as shared:
        return shared.scalars(rows).all()


def settlements_with(uow: UnitOfWork, rows: Select[RegionalReport]) -> list[str]:
    """Codes of settlements where any of these reports are. One query."""
    codes = rows.order_by(None).with_only_columns(RegionalReport.settlement).distinct()
    return list(uow.session.scalars(codes))


def _rows(uow: UnitOfWork, found: Sequence[Report]) -> list[dict[str, Any]]:
    reports = told_outside(found)
    if not reports:
        return []
    names, homes = settlements_here(uow), homes_of_settlements()
    return [_row(uow, report, names, homes) for report in reports]


def _row(uow: UnitOfWork, report: Report, names: Names, homes: Mapping[str, str]) -> dict[str, Any]:
    slug, latitude, longitude = uow.scope.slug, report.latitude, report.longitude
    point = None if latitude is None or longitude is None else (latitude, longitude)
    same = ("number", "kind", "settlement", "state", "sent_at", "due_on", "ended_at")
    return {name: getattr(report, name) for name in same} | {
        "municipality": slug,
        "report_id": report.id,
        "place": dict(names.get(report.settlement, {})),
        "words": report.public_words,
        "borders": sorted(neighbours_at(slug, report.settlement, point, homes)),
    }
