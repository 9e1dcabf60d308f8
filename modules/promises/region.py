"""Promises of the region: how many stand how in each municipality, with the way to its list."""

from __future__ import annotations

from flask import Blueprint, render_template

from obshto.modules.promises.services.regional import regional_promises
from obshto.platform.thread.states import STANDINGS
from obshto.platform.web.access import open_to_all
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until
from obshto.tenants.api import homes_with

region = Blueprint("promises_region", __name__)
SLUG = "promises"


@region.get("/")
@open_to_all
def index() -> str:
    uow, homes = current_uow(), homes_with(SLUG)
    rows = regional_promises(uow, among=homes)
    keep_until(None)
    return render_template("promises/region.html", rows=rows, homes=homes, standings=STANDINGS)
