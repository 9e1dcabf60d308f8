"""Centres of the region: where in the province one is helped, out of what each has published."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from sqlalchemy import select

from obshto.modules.centres.services.kinds import CENTRE, PART
from obshto.platform.search.models import PublicRow
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import municipalities

region = Blueprint("centres_region", __name__)


@region.get("/")
@open_to_all
def index() -> str:
    uow, homes, language = current_uow(), _homes(), current_language()
    rows = select(PublicRow).where(PublicRow.part == PART, PublicRow.kind == CENTRE)
    rows = rows.where(PublicRow.language == SOURCE, PublicRow.municipality.in_(homes))
    rows = rows.order_by(PublicRow.municipality, PublicRow.title, PublicRow.object_id)
    page = paginate(uow.session, rows, page_number())
    prefix = "" if language == SOURCE else f"/{language}"
    return render_template("centres/region.html", page=page, homes=homes, prefix=prefix)


def _homes() -> dict[str, tuple[str, str]]:
    """Name and address of each municipality that has centres switched on."""
    language, base = current_language(), current_app.config["SERVER_NAME"]
    scheme = current_app.config["PREFERRED_URL_SCHEME"]
    return {
        tenant.slug: (
            tenant.names.get(language) or tenant.names[SOURCE],
            f"{scheme}://{tenant.slug}.{base}",
        )
        for tenant in municipalities()
        if PART in tenant.modules
    }
