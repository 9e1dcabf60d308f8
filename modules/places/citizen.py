"""Public pages of places."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request

from obshto.modules.places.forms import FilterForm
from obshto.modules.places.services import finding
from obshto.modules.places.services.hours import read, state_of
from obshto.modules.places.services.kinds import FEATURES, KINDS
from obshto.modules.places.services.linked import linked
from obshto.modules.places.services.map import MOST, Village, drawing_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.edge import current_work
from obshto.platform.web.language import current_language
from obshto.platform.web.paging import page_number, paginate
from obshto.platform.work import Work
from obshto.tenants.api import points_of_settlements, settlements_of

citizen = Blueprint("places_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    work, form = current_work(), _form(current_work())
    rows = finding.found(work, form.wanted(), current_language())
    page = paginate(work.session, rows, page_number())
    states = finding.states(work, page.rows)
    return render_template("places/index.html", page=page, states=states, **_asked(form))


@citizen.get("/map")
@open_to_all
def chart() -> str:
    work, form = current_work(), _form(current_work())
    rows = finding.found(work, form.wanted(), current_language()).limit(MOST)
    places = list(work.session.scalars(rows))
    drawing = drawing_of(places, _villages(work))
    states = finding.states(work, places)
    context = {"places": places, "drawing": drawing, "states": states, **_asked(form)}
    return render_template("places/map.html", **context)


@citizen.get("/<uuid:place_id>")
@open_to_all
def show(place_id: UUID) -> str:
    work = current_work()
    place = finding.published_place(work, place_id)
    hours = read(place.hours)
    return render_template(
        "places/show.html",
        place=place,
        hours=hours,
        state=state_of(hours, work.now),
        kinds=KINDS,
        features=FEATURES,
        linked=linked(place, current_language(), request.base_url),
    )


def _form(work: Work) -> FilterForm:
    form = FilterForm(request.args)
    language = current_language()
    form.offer(
        [
            (code, names.get(language) or names.get("en") or names["bg"])
            for code, names in finding.settlements_with_places(work)
        ]
    )
    return form


def _asked(form: FilterForm) -> dict[str, Any]:
    wanted = form.wanted()
    query = {name: request.args[name] for name in form.data if request.args.get(name)}
    return {"form": form, "wanted": wanted, "query": query, "kinds": KINDS}


def _villages(work: Work) -> list[Village]:
    """The towns and villages of this municipality whose point is known."""
    assert work.scope
    points, language = points_of_settlements(), current_language()
    return [
        Village(place.ekatte, place.names.get(language) or place.names["en"], points[place.ekatte])
        for place in settlements_of(work.scope.slug)
        if place.ekatte in points
    ]
