"""Staff pages of the queue: lists with a map, what is overdue, several given to a colleague."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask_babel import gettext

from obshto.modules.reports.console.blueprint import (
    HANDLE,
    INSPECT,
    Answer,
    console,
    to_change,
)
from obshto.modules.reports.errors import NoSuchReport
from obshto.modules.reports.forms.words import words
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.services import inspection, queries, report_actions
from obshto.modules.reports.services.teams import teams_here, workers
from obshto.platform.cases.forms import BulkForm
from obshto.platform.cases.queue import act_on_each, chosen_rows
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import drawing_of_counts
from obshto.platform.web.access import requires
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate_counted
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import villages_here

NARROW = ("kind", "settlement", "number", "team")


@console.get("/")
@requires(HANDLE)
def index() -> str:
    return _listed(queries.Wanted(list=_chosen()))


@console.get("/violations")
@requires(INSPECT)
def violations() -> str:
    """Those of a violation, which nobody else of the staff sees."""
    return _listed(queries.Wanted(list=_chosen(), is_violation=True))


@console.get("/late")
@requires(ReportsPermission.OVERSEE)
def late() -> str:
    """What is past its term, for the head and the mayor."""
    return _listed(queries.Wanted(list="late", of_all=True), template="reports/late.html")


@console.post("/assign-many")
@requires(HANDLE)
def assign_many() -> Answer:
    """Those that were ticked go to one colleague; what could not go is named."""
    return _assigned(is_violation=False)


@console.post("/violations/assign-many")
@requires(INSPECT)
def assign_violations() -> Answer:
    """The same of violations, among inspectors."""
    return _assigned(is_violation=True)


def _assigned(*, is_violation: bool) -> Answer:
    uow, form = current_uow(), BulkForm()
    kept = queries.Wanted(is_violation=is_violation)
    people = workers(uow, for_violation=is_violation)
    chosen = chosen_rows(request.form.getlist("chosen"))
    form.offer({str(key): name for key, name in people.items()})
    if not chosen or not form.validate_on_submit() or form.act.data != "hand":
        problem = gettext("Отбележете сигнали и изберете колега")
        return _listed(kept, problem=problem), 422
    to = UUID(form.to.data)

    def act(report_id: UUID, version: int) -> None:
        row = to_change(report_id)
        if inspection.is_violation(row) != is_violation:
            raise NoSuchReport
        report_actions.assign_report(uow, row, to=to, name=people[to], expected_version=version)

    refused = act_on_each(uow, chosen, act).refused
    if refused:
        numbers = ", ".join(queries.numbers_of(uow, refused))
        said = gettext(
            "Не са възложени, междувременно са променени или приключени: %(n)s", n=numbers
        )
        return _listed(kept, problem=said)
    there = ".violations" if is_violation else ".index"
    return see_other(there, list="work", said="reports.assigned-many")


def _chosen() -> str:
    chosen = request.args.get("list", "new")
    if chosen not in (*queries.LISTS, "all"):
        abort(404)
    return chosen


def _listed(asked: queries.Wanted, template: str = "reports/queue.html", problem: str = "") -> str:
    """The list that is asked for, narrowed by the address; a number is looked for in all."""
    uow, today = current_uow(), day_of(current_uow().now)
    narrow: dict[str, Any] = {name: request.args.get(name, "")[:40] for name in NARROW}
    wanted = replace(asked, **narrow)
    wanted = replace(wanted, list="all") if wanted.number else wanted
    rows = queries.queue(uow, wanted, today=today)
    counts = queries.counts(uow, wanted, today=today)
    page, numbers = paginate_counted(
        uow.session, rows, page_number(), counts=counts, total=wanted.list
    )
    shown = {"page": page, "wanted": wanted, "counts": numbers, "today": today}
    shown["teams"] = {} if wanted.is_violation else teams_here(uow)
    if template == "reports/queue.html":
        people = workers(uow, for_violation=wanted.is_violation)
        shown |= {"people": people, "problem": problem, "bulk": BulkForm()}
        shown |= _map(uow, wanted, _kept(narrow))
    return render_template(template, kept=_kept(narrow), **shown, **words())


def _map(uow: UnitOfWork, wanted: queries.Wanted, kept: dict[str, str]) -> dict[str, Any]:
    """How many of the list each village has, leading there; no report has a point of its own."""
    counts = queries.counts_by_village(uow, wanted, today=day_of(uow.now))
    drawing = drawing_of_counts(counts, villages_here(uow, current_language()))
    codes = [mark.ekatte for mark in drawing.marks] if drawing else []
    narrow: dict[str, Any] = {"list": wanted.list, **kept}
    here = ".violations" if wanted.is_violation else ".index"
    links = {code: url_for(here, **narrow | {"settlement": code}) for code in codes}
    return {"drawing": drawing, "links": links}


def _kept(narrow: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in narrow.items() if value and name != "number"}
