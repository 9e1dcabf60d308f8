"""Public pages of walks, and the pictures of places."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template

from obshto.modules.places.citizen.blueprint import citizen
from obshto.modules.places.services import queries
from obshto.modules.places.services import walks as found
from obshto.modules.places.services.gallery import file_in
from obshto.modules.places.services.pictures import picture_of
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import open_to_all
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until


@citizen.get("/walks")
@open_to_all
def walks() -> str:
    keep_until(None)
    page = paginate(current_uow().session, found.published(), page_number())
    return render_template("places/walks.html", page=page)


@citizen.get("/walks/<uuid:walk_id>")
@open_to_all
def walk(walk_id: UUID) -> str:
    uow = current_uow()
    keep_until(None)
    row = found.published_walk(uow, walk_id)
    stops = found.stops_of(uow, row)
    drawing = found.drawing_of_walk(stops)
    shown = {"walk": row, "stops": stops, "length": found.length_of(stops)}
    return render_template("places/walk.html", drawing=drawing, **shown)


@citizen.get("/<uuid:place_id>/picture")
@open_to_all
def picture(place_id: UUID) -> Response:
    uow = current_uow()
    return send_file(uow, picture_of(uow, queries.published_place(uow, place_id)))


@citizen.get("/<uuid:place_id>/gallery/<uuid:picture_id>")
@open_to_all
def gallery(place_id: UUID, picture_id: UUID) -> Response:
    uow = current_uow()
    return send_file(uow, file_in(uow, queries.published_place(uow, place_id), picture_id))
