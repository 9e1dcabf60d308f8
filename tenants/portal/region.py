"""The front door of the region: its municipalities, what is new anywhere."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from obshto.platform.maps.base_map import send_tile
from obshto.platform.modularity.manifest import HomeBlock
from obshto.platform.modularity.registry import current_registry
from obshto.platform.search.services import newest_entries
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import open_to_all
from obshto.platform.web.hosts import NOWHERE
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.text_size import switch_text_size
from obshto.tenants.portal.search import search_region, title_of
from obshto.tenants.portal.sitemap import robots, security_contact, sitemap_of_region
from obshto.tenants.portal.territory import municipalities, region_numbers
from obshto.tenants.portal.theming import icon_of_the_host, theme_of_the_host

region = Blueprint("tenants_region", __name__)
NEWEST = 8


@region.get("/")
@open_to_all
def front() -> str:
    uow, everyone = current_uow(), municipalities()
    entries = newest_entries(uow, language=current_language(), size=NEWEST)
    return render_template(
        "tenants/region.html",
        everyone=everyone,
        entries=entries,
        titles={tenant.slug: tenant.names for tenant in everyone},
        kinds={entry.part: title_of(entry.part) for entry in entries},
        map=region_map(),
        blocks=_blocks(uow),
        numbers=region_numbers(everyone),
        parts=_parts({slug for tenant in everyone for slug in tenant.modules}),
    )


@region.get("/search")
@open_to_all
def search() -> str:
    return render_template("tenants/search.html", **search_region(current_uow()))


@region.get("/robots.txt")
@open_to_all
def robots_txt() -> Response:
    return robots()


@region.get("/sitemap.xml")
@open_to_all
def sitemap() -> Response:
    return sitemap_of_region()


@region.get("/.well-known/security.txt")
@open_to_all
def security_txt() -> Response:
    return security_contact(url_for(".front"), current_uow().now)


@region.get(NOWHERE)
@open_to_all
def nowhere() -> tuple[str, int]:
    return render_template("tenants/nowhere.html", everyone=municipalities()), 404


@region.get("/text-size/<any(large, usual):size>")
@open_to_all
def text_size(size: str) -> Redirect:
    return switch_text_size(size)


@region.get("/map/tiles/<int:zoom>/<int:x>/<int:y>")
@open_to_all
def map_tile(zoom: int, x: int, y: int) -> Response:
    return send_tile(zoom, x, y)


@region.get("/theme.<fingerprint>.css")
@open_to_all
def theme_css(fingerprint: str) -> Response:
    return theme_of_the_host(fingerprint)


@region.get("/icon.svg")
@open_to_all
def icon() -> Response:
    return icon_of_the_host()


def _blocks(uow: UnitOfWork) -> list[HomeBlock]:
    """What each part has to show of all municipalities, the lightest first."""
    parts = current_registry().parts.values()
    found = [part.region_home(uow) for part in parts if part.region_home]
    return sorted((block for block in found if block), key=lambda block: block.weight)


def _parts(on: Collection[str]) -> list[tuple[str, str]]:
    """Title and address of the regional page of each module that some municipality has on."""
    return [
        (str(module.title), url_for(endpoint))
        for module in current_registry().modules()
        if module.slug in on and module.region
        if (endpoint := f"{module.region.name}.index") in current_app.view_functions
    ]


@cache
def region_map() -> dict[str, Any]:
    """The schematic map: areas by slug; source in the file itself."""
    path = Path(__file__).parent / "data" / "map.json"
    drawn: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return drawn
