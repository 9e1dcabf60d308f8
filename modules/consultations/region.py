"""Open consultations of the region: in all municipalities that have them switched on."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template, request

from obshto.modules.consultations.services.kinds import KINDS
from obshto.modules.consultations.services.regional import regional_consultations
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import municipalities

region = Blueprint("consultations_region", __name__)
SLUG = "consultations"
Homes = dict[str, tuple[str, str]]


@region.get("/")
@open_to_all
def index() -> str:
    uow, homes = current_uow(), _homes()
    asked = {name: request.args.get(name, "") for name in ("municipality", "kind")}
    chosen = {
        "municipality": asked["municipality"] if asked["municipality"] in homes else "",
        "kind": asked["kind"] if asked["kind"] in KINDS else "",
    }
    rows = regional_consultations(uow, among=homes, **chosen)
    page = paginate(uow.session, rows, page_number())
    shown = {"page": page, "homes": homes, "kinds": KINDS}
    return render_template("consultations/region.html", **shown, **chosen)


def _homes() -> Homes:
    """Name and address of each municipality that has consultations switched on."""
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
