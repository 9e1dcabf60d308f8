"""Public lists of reports: newest first, on a map, overdue for the council."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from sqlalchemy import Select
from werkzeug.wrappers import Response

from obshto.modules.reports.citizen.blueprint import citizen
from obshto.modules.reports.forms.words import council_head, council_rows, words
from obshto.modules.reports.models import Report
from obshto.modules.reports.services import (
    escalation,
    queries,
)
from obshto.modules.reports.services.own_kinds import kinds_here, own_kinds
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import drawing_of_counts
from obshto.platform.web.access import open_to_all
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import (
    Names,
    settlements_here,
    villages_here,
)


@citizen.get("/")
@open_to_all
def index() -> str:
    uow, names = current_uow(), settlements_here(current_uow())
    chosen = _chosen(uow, names)
    page = paginate(uow.session, _wanted(uow, chosen), page_number())
    return render_template("reports/index.html", page=page, **chosen, **words())


@citizen.get("/map")
@open_to_all
def chart() -> str:
    """How many each village has, with their list; where exactly is nobody else's matter."""
    uow, chosen = current_uow(), _chosen(current_uow(), settlements_here(current_uow()))
    rows = _wanted(uow, chosen).options(*queries.UNSHOWN)
    page = paginate(uow.session, rows, page_number())
    everywhere = _wanted(uow, chosen | {"settlement": ""})
    counts = queries.villages_of(uow, everywhere)
    drawing = drawing_of_counts(counts, villages_here(uow, current_language()))
    narrow: dict[str, Any] = {name: value for name, value in chosen.items() if value}
    codes = [mark.ekatte for mark in drawing.marks] if drawing else []
    links = {code: url_for(".chart", **narrow | {"settlement": code}) for code in codes}
    shown = {"page": page, "drawing": drawing, "links": links}
    return render_template("reports/map.html", **shown, **chosen, **words())


@citizen.get("/council")
@open_to_all
def council() -> str:
    """What the council reads of what is overdue, without names, to be printed."""
    uow = current_uow()
    page = paginate(uow.session, escalation.council_list(), page_number())
    has_unseen, unseen = escalation.number_unseen(uow)
    shown = {"page": page, "has_unseen": has_unseen, "unseen": unseen, "today": day_of(uow.now)}
    return render_template("reports/council.html", **shown, **words())


@citizen.get("/council.csv")
@open_to_all
def council_table() -> Response:
    """The same as a table."""
    uow = current_uow()
    reports = uow.session.scalars(escalation.council_list()).all()
    rows = council_rows(reports, today=day_of(uow.now))
    return csv_file("reports-council.csv", council_head(), rows)


def _chosen(uow: UnitOfWork, names: Names) -> dict[str, str]:
    """The filter of the list, without what nobody offers."""
    asked = {name: request.args.get(name, "") for name in ("kind", "settlement", "state", "number")}
    return {
        "kind": asked["kind"] if asked["kind"] in kinds_here(own_kinds(uow)) else "",
        "settlement": asked["settlement"] if asked["settlement"] in names else "",
        "state": asked["state"] if asked["state"] in ("open", "late", "done") else "",
        "number": asked["number"].strip()[:20],
    }


def _wanted(uow: UnitOfWork, chosen: dict[str, str]) -> Select[Report]:
    """The list of such a filter."""
    is_late = chosen["state"] == "late"
    return queries.public(
        kind=chosen["kind"],
        settlement=chosen["settlement"],
        state="open" if is_late else chosen["state"],
        number=chosen["number"],
        is_late=is_late,
    )
