"""Public pages of places."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import render_template, request, url_for

from obshto.modules.places.citizen.blueprint import citizen
from obshto.modules.places.forms import FilterForm
from obshto.modules.places.models import Place
from obshto.modules.places.services import queries
from obshto.modules.places.services.gallery import gallery_of
from obshto.modules.places.services.kinds import FEATURES, KINDS
from obshto.modules.places.services.schema_org import linked
from obshto.platform.opening_hours.hours import read, state_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow


@citizen.get("/")
@open_to_all
def index() -> str:
    uow, form = current_uow(), _form(current_uow())
    rows = queries.found(uow, form.wanted(), current_language())
    page = paginate(uow.session, rows, page_number())
    states = queries.states(uow, page.rows)
    return render_template("places/index.html", page=page, states=states, **_asked(form))


@citizen.get("/<uuid:place_id>")
@open_to_all
def show(place_id: UUID) -> str:
    uow = current_uow()
    place = queries.published_place(uow, place_id)
    hours = read(place.hours)
    return render_template(
        "places/show.html",
        place=place,
        gallery=gallery_of(place),
        hours=hours,
        state=state_of(hours, uow.now),
        kinds=KINDS,
        features=FEATURES,
        on_map=f"{url_for('.chart')}?{urlencode(_around(place))}",
        linked=linked(place, current_language(), request.base_url),
    )


def _around(place: Place) -> dict[str, str]:
    """What the map is asked for: near the point where it is known, else the whole settlement."""
    if place.latitude is None:
        return {"ekatte": place.ekatte}
    return {"near": f"{place.latitude:.3f},{place.longitude:.3f}"}


def _form(uow: UnitOfWork) -> FilterForm:
    form = FilterForm(request.args)
    language = current_language()
    form.offer(
        [
            (code, names.get(language) or names.get("en") or names["bg"])
            for code, names in queries.settlements_with_places(uow)
        ]
    )
    return form


def _asked(form: FilterForm) -> dict[str, Any]:
    wanted = form.wanted()
    query = {name: request.args[name] for name in form.data if request.args.get(name)}
    return {"form": form, "wanted": wanted, "query": query, "kinds": KINDS}
