"""Staff pages of the queue: its lists, what is overdue, several given to a colleague at once."""

from __future__ import annotations

from flask import abort, render_template, request
from flask_babel import gettext

from obshto.modules.reports.console.blueprint import HANDLE, Answer, console, workers
from obshto.modules.reports.forms import ids_ticked, words
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.services import queries, report_actions
from obshto.platform.clock import day_of
from obshto.platform.web.access import requires
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.get("/")
@requires(HANDLE)
def index() -> str:
    chosen = request.args.get("list", "new")
    if chosen not in (*queries.LISTS, "all"):
        abort(404)
    return _listed(chosen)


@console.get("/late")
@requires(ReportsPermission.OVERSEE)
def late() -> str:
    """What is past its term, for the head and the mayor."""
    return _listed("late", template="reports/late.html")


@console.post("/assign-many")
@requires(HANDLE)
def assign_many() -> Answer:
    """Those that were ticked go to one colleague; what could not go is named."""
    uow, people = current_uow(), workers(current_uow())
    to, ids = request.form.get("to", ""), ids_ticked(request.form.getlist("chosen"))
    chosen = {str(key): key for key in people}.get(to)
    if chosen is None or not ids:
        return _listed("new", problem=gettext("Отбележете сигнали и изберете колега")), 422
    refused = report_actions.assign_each(uow, ids, to=chosen, name=people[chosen])
    if refused:
        numbers = ", ".join(row.number for row in refused)
        problem = gettext("Останалите са възложени. Тези вече са приключени: %(n)s", n=numbers)
        return _listed("new", problem=problem)
    return see_other(".index", list="work", said="reports.assigned-many")


def _listed(chosen: str, template: str = "reports/queue.html", problem: str = "") -> str:
    uow, today = current_uow(), day_of(current_uow().now)
    narrow = {name: request.args.get(name, "")[:40] for name in ("kind", "settlement", "number")}
    wanted = queries.Wanted(list="all" if narrow["number"] else chosen, **narrow)
    numbers = queries.counts(uow, wanted, today=today)
    rows = queries.queue(uow, wanted, today=today)
    page = paginate(uow.session, rows, page_number(), total=numbers[wanted.list])
    shown = {"page": page, "wanted": wanted, "counts": numbers, "today": today}
    if template == "reports/queue.html":
        shown |= {"people": workers(uow), "problem": problem}
    return render_template(template, kept=_kept(narrow), **shown, **words())


def _kept(narrow: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in narrow.items() if value and name != "number"}
