"""The map of everything that has a place, with its list; the same for print and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, g, jsonify, render_template, request
from flask_babel import gettext

from obshto.modules.places.citizen.blueprint import citizen
from obshto.modules.places.services.map_content import (
    MapContent,
    MapMark,
    MunicipalMap,
    feature_of,
    marks_of,
    tags_of,
)
from obshto.platform.maps.layers import STATES
from obshto.platform.maps.points import MapPoint, MapQuery
from obshto.platform.village_map import MOST
from obshto.platform.web.access import open_to_all
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import SIZE, Page, page_number
from obshto.platform.web.request_uow import current_uow

PART = 300  # features of one answer: some 100 KB


@dataclass(frozen=True, slots=True)
class MarkLink:
    """Where a mark of the drawing leads, whose `label` is heard; `first` is one of the list."""

    href: str
    label: str
    icon: str
    first: UUID


@citizen.get("/map")
@open_to_all
def chart() -> str:
    chosen, query = _asked()
    content = chosen.page(query, page_number(), size=SIZE)
    page = Page(list(content.points), content.number, content.total)
    return render_template("places/map.html", page=page, **_context(chosen, query, content))


@citizen.get("/map/print")
@open_to_all
def chart_for_print() -> str:
    """In large letters, without boxes to fill in."""
    chosen, query = _asked()
    content = chosen.page(query, 1, size=MOST)
    return render_template("places/map_print.html", **_context(chosen, query, content))


@citizen.get("/map.geojson")
@open_to_all
def chart_as_data() -> Response:
    """RFC 7946, in stretches; the next one is named in `next`."""
    chosen, query = _asked()
    number, home = page_number(), f"{chosen.uow.scope.address}{request.script_root}"
    points, goes_on = chosen.features(query, number, size=PART)
    told: dict[str, Any] = {
        "type": "FeatureCollection",
        "features": [feature_of(point, f"{home}{point.path}") for point in points],
    }
    if goes_on:
        asked = {**request.args.to_dict(), "page": number + 1}
        told["next"] = f"{home}/places/map.geojson?{urlencode(asked)}"
    answer = jsonify(told)
    answer.mimetype = "application/geo+json"
    return answer


def _asked() -> tuple[MunicipalMap, MapQuery]:
    """Where somebody is stays out of the cache of pages."""
    chosen = MunicipalMap(current_uow(), current_language())
    query = chosen.query_of(request.args)
    g.is_personal = query.near is not None
    return chosen, query


def _context(chosen: MunicipalMap, query: MapQuery, content: MapContent) -> dict[str, Any]:
    kept = {name: said for name, said in request.args.items() if said and name != "page"}
    return {
        "content": content,
        "marks": {mark.number: _link(mark) for mark in marks_of(content)},
        "states": STATES,
        "layers": chosen.layers,
        "tags": tags_of(chosen.layers),
        "query": query,
        "names": chosen.names,
        "kept": kept,
        "what": ".".join(filter(None, (query.layer, query.kind))),
    }


def _link(mark: MapMark) -> MarkLink:
    """To the page of what stands there alone, else to the first of several in the list."""
    first, more = mark.points[0], len(mark.points) - 1
    said = _said(first)
    if not more:
        alone = f"{request.script_root}{first.path}"
        return MarkLink(alone, f"{mark.number}. {said}", mark.icon, first.id)
    others = gettext("още %(num)s на същото място", num=more)
    label = f"{mark.number}. {said}, {others}"
    return MarkLink(f"#at-{mark.number}", label, mark.icon, first.id)


def _said(point: MapPoint) -> str:
    state = str(STATES[point.state]) if point.state else ""
    return ", ".join(filter(None, (state, point.title, str(point.label))))
