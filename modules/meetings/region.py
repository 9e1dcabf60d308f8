"""Meetings of the region: what is planned in all municipalities that have them switched on."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request

from obshto.modules.meetings.services.page_context import words_of
from obshto.modules.meetings.services.regional import regional_meetings
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import municipalities

region = Blueprint("meetings_region", __name__)
SLUG = "meetings"


@region.get("/")
@open_to_all
def index() -> str:
    uow, homes = current_uow(), _homes()
    asked = request.args.get("municipality", "")
    chosen = asked if asked in homes else ""
    rows = regional_meetings(uow, among=homes, municipality=chosen)
    page = paginate(uow.session, rows, page_number())
    about = {"page": page, "homes": homes, "municipality": chosen, **words_of({})}
    return render_template("meetings/region.html", **about)


def _homes() -> dict[str, tuple[str, str]]:
    """Name and address of each municipality that has meetings switched on."""
    language, base = current_language(), current_app.config["SERVER_NAME"]
    scheme = current_app.config["PREFERRED_URL_SCHEME"]
    return {
        tenant.slug: (
            tenant.names.get(language) or tenant.names[SOURCE],
            f"{scheme}://{tenant.slug}.{base}",
        )
        for tenant in municipalities()
        if SLUG in tenant.modules
    }
