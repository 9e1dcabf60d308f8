"""Buses of the region: the lines of all municipalities that have them on, search and feed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import gettext

from obshto.modules.transit.services import gtfs
from obshto.modules.transit.services.regional import regional_network, with_transit
from obshto.modules.transit.services.trip_question import searched
from obshto.platform.clock import day_of, next_midnight
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until

region = Blueprint("transit_region", __name__)


@region.get("/")
@open_to_all
def index() -> str:
    homes = _homes()
    network = regional_network(homes)
    lines: dict[str, list[Any]] = {}
    for line in sorted(network.lines.values(), key=lambda one: (one.number.zfill(4), one.name)):
        lines.setdefault(line.municipality, []).append(line)
    keep_until(None)
    return render_template("transit/region.html", homes=homes, lines=lines)


@region.get("/trip")
@open_to_all
def trip() -> str | tuple[str, int]:
    context = searched(regional_network(_homes()), request.args, current_uow().now)
    page = render_template("transit/trip.html", **context)
    return (page, 422) if context["question"].errors else page


@region.get("/gtfs.zip")
@open_to_all
def feed() -> Response:
    uow, homes = current_uow(), _homes()
    keep_until(next_midnight(uow.now))
    publisher = gtfs.Publisher(
        name=gettext("Област Видин"),
        address=request.host_url.rstrip("/"),
        homes={slug: address for slug, (_, address) in homes.items()},
    )
    network = regional_network(homes)
    answer = Response(
        gtfs.write_feed(network, publisher, today=day_of(uow.now)), mimetype="application/zip"
    )
    answer.add_etag()
    answer.make_conditional(request)
    return answer


def _homes() -> dict[str, tuple[str, str]]:
    """Name and address of each municipality that has buses switched on."""
    language, base = current_language(), current_app.config["SERVER_NAME"]
    scheme = current_app.config["PREFERRED_URL_SCHEME"]
    return {
        slug: (
            tenant.names.get(language) or tenant.names[SOURCE],
            f"{scheme}://{slug}.{base}",
        )
        for slug, tenant in with_transit().items()
    }
