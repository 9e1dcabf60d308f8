"""Dangers that stand now anywhere in the province."""

from __future__ import annotations

from flask import Blueprint, render_template

from obshto.modules.crisis.services.alarms_port import CrisisAlarms
from obshto.platform.web.access import open_to_all
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until
from obshto.tenants.api import municipalities

region = Blueprint("crisis_region", __name__)


@region.get("/")
@open_to_all
def index() -> str:
    """The frame shows each danger above the page already; here stands where, since when."""
    keep_until(None)
    homes = {one.slug: one.names for one in municipalities()}
    alarms = CrisisAlarms().in_region(current_uow())
    return render_template("crisis/region.html", alarms=alarms, homes=homes)
