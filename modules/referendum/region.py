"""The region's list of local referenda: those in the registers of all municipalities."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from sqlalchemy import select

from obshto.platform.search.models import PublicRow
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import municipalities

region = Blueprint("referendum_region", __name__)
SLUG = "referendum"


@region.get("/")
@open_to_all
def index() -> str:
    uow, homes = current_uow(), _homes()
    rows = select(PublicRow).where(
        PublicRow.part == SLUG, PublicRow.municipality.in_(homes), PublicRow.published_at <= uow.now
    )
    rows = rows.order_by(PublicRow.published_at.desc(), PublicRow.object_id)
    page = paginate(uow.session, rows, page_number())
    return render_template("referendum/region.html", page=page, homes=homes)


def _homes() -> dict[str, tuple[str, str]]:
    """Name and address of each municipality that has referenda switched on."""
    language, base = current_language(), current_app.config["SERVER_NAME"]
    scheme = current_app.config["PREFERRED_URL_SCHEME"]
    prefix = "" if language == SOURCE else f"/{language}"
    return {
        tenant.slug: (
            tenant.names.get(language) or tenant.names[SOURCE],
            f"{scheme}://{tenant.slug}.{base}{prefix}",
        )
        for tenant in municipalities()
        if SLUG in tenant.modules
    }
