"""Page of the region: a year of each municipality, with the way to its report."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request

from obshto.modules.participation.services.regional import FEW, regional_lines, regional_years
from obshto.modules.participation.services.report_tables import regional_tables
from obshto.platform.web.access import open_to_all
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until
from obshto.tenants.api import homes_with

region = Blueprint("participation_region", __name__)
SLUG = "participation"


@region.get("/")
@open_to_all
def index() -> str:
    """The year asked for, else the latest; 404 for one of which nobody tells."""
    uow, homes = current_uow(), homes_with(SLUG)
    years = regional_years(uow, among=homes)
    year = request.args.get("year", years[0] if years else 0, int)
    if years and year not in years:
        abort(404)
    lines = regional_lines(uow, year, among=homes)
    keep_until(None)
    tables = regional_tables([{"ways": line.row.ways} for line in lines])
    shown = {"year": year, "years": years, "lines": lines, "few": FEW, "tables": tables}
    return render_template("participation/region.html", homes=homes, **shown)
