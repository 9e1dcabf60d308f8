"""Reports told near a place, here and across the border, shown before one is sent."""

from __future__ import annotations

from typing import Any

from flask import abort, g, jsonify, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.reports.citizen.blueprint import citizen
from obshto.modules.reports.forms.submission import TellForm
from obshto.modules.reports.forms.words import words
from obshto.modules.reports.models import RegionalReport, Report
from obshto.modules.reports.services import queries
from obshto.modules.reports.services.kinds import kind_of
from obshto.modules.reports.services.own_kinds import common_of
from obshto.modules.reports.services.regional import neighbours_across, told_across
from obshto.modules.reports.services.states import STATES
from obshto.platform.web.access import open_to_all
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import Home, homes_with, settlement_at


@citizen.get("/new/near")
@open_to_all
def near() -> Response:
    """What others told within 100 m of `point`, while one fills in the form; of none, none."""
    g.is_personal = True
    point = request.args.get("point")
    if not point:
        return jsonify([])
    uow, form = current_uow(), TellForm(formdata=None, data={"point": point})
    if form.point.point is None:
        abort(404)
    shown, kind = words(), request.args.get("kind", "")
    kind = kind if kind in shown["kinds"] else ""
    wanted = queries.told_near(form.point.point, kind=kind)
    here = [_line(row, shown["place_of"]) for row in uow.session.scalars(wanted)]
    return jsonify(here + [_line_there(*one) for one in told_across_from(form, kind)])


def told_across_from(
    form: TellForm, kind: str, settlement: str = ""
) -> list[tuple[RegionalReport, Home]]:
    """What neighbours were told near the border, with whose it is."""
    uow, point = current_uow(), form.point.point or None
    where = (point and settlement_at(point)) or settlement
    if not (across := neighbours_across(uow, settlement=where, point=point)):
        return []
    homes, common = homes_with("reports"), common_of(uow, kind)[0] if kind else ""
    found = told_across(uow, across & homes.keys(), kind=common)
    return [(row, homes[row.municipality]) for row in found]


def _line(report: Report, place_of: Any) -> dict[str, str]:
    """A public report as a script writes it into a list."""
    path = url_for(".show", report_id=report.id)
    return _told_line(report, place_of(report.settlement)) | {"path": path}


def _told_line(report: Report | RegionalReport, place: str) -> dict[str, str]:
    return {
        "title": ", ".join(filter(None, [str(kind_of(report).title), place])),
        "state": str(STATES[report.state]),
        "number": report.number,
        "words": report.public_words,
    }


def _line_there(report: RegionalReport, home: Home) -> dict[str, str]:
    """The same of a neighbour's."""
    return _told_line(report, home.name) | {"path": f"{home.address}{report.path}"}
