"""Promises of the region: how many stand how in each municipality, and the list of all."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from obshto.modules.promises.services.queries import ORDER
from obshto.modules.promises.services.regional import (
    RegionalFilter,
    promises_of_region,
    regional_promises,
)
from obshto.platform.clock import day_of, next_midnight
from obshto.platform.thread.lines import kind_of, view_of
from obshto.platform.thread.states import STANDINGS
from obshto.platform.web.access import open_to_all
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until
from obshto.tenants.api import homes_with

region = Blueprint("promises_region", __name__)
SLUG = "promises"


@region.get("/")
@open_to_all
def index() -> str:
    uow, homes = current_uow(), homes_with(SLUG)
    asked = {name: request.args.get(name, "") for name in ("municipality", "state")}
    wanted = RegionalFilter(
        municipality=asked["municipality"] if asked["municipality"] in homes else "",
        standing=asked["state"] if asked["state"] in ORDER else "",
    )
    rows = regional_promises(uow, among=homes)
    page = paginate(uow.session, promises_of_region(uow, wanted, among=homes), page_number())
    keep_until(next_midnight(uow.now))  # a day passes then
    today = day_of(uow.now)
    lines = [(row, view_of(row, today), kind_of(row.part)) for row in page.rows]
    shown = {"rows": rows, "page": page, "lines": lines, "wanted": wanted, "today": today}
    return render_template("promises/region.html", **shown, homes=homes, standings=STANDINGS)
