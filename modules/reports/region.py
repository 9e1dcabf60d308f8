"""Reports of the region: one list and one map of all municipalities that have them on."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, render_template, request

from obshto.modules.reports.forms.words import labels
from obshto.modules.reports.services.kinds import KINDS
from obshto.modules.reports.services.queries import MapSpot
from obshto.modules.reports.services.regional import regional_reports, settlements_with
from obshto.platform.village_map import drawing_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import Home, homes_with, villages_of_region

region = Blueprint("reports_region", __name__)


@region.get("/")
@open_to_all
def index() -> str:
    uow, homes = current_uow(), homes_with("reports")
    chosen = _chosen(homes)
    rows = regional_reports(homes, **chosen)
    page = paginate(uow.session, rows, page_number())
    villages = villages_of_region(current_language())
    codes = settlements_with(uow, rows) if page.pages > 1 else []
    others = [village.point for village in villages if village.ekatte in codes]
    spots = [MapSpot(row.report_id, row.settlement) for row in page.rows]
    drawing = drawing_of(spots, villages, others)
    shown = {"page": page, "drawing": drawing, "homes": homes, **chosen}
    return render_template("reports/region.html", **shown, **labels())


def _chosen(homes: Mapping[str, Home]) -> dict[str, str]:
    """The filter of the list, without what nobody offers."""
    asked = {name: request.args.get(name, "") for name in ("municipality", "kind", "state")}
    return {
        "municipality": asked["municipality"] if asked["municipality"] in homes else "",
        "kind": asked["kind"] if asked["kind"] in KINDS else "",
        "state": asked["state"] if asked["state"] in ("open", "done") else "",
    }
