"""Staff page of what neighbours were told near the border: to be read, nothing else."""

from __future__ import annotations

from flask import render_template, request

from obshto.modules.reports.console.blueprint import HANDLE, console
from obshto.modules.reports.forms.words import labels
from obshto.modules.reports.services.kinds import KINDS
from obshto.modules.reports.services.regional import reports_at_border
from obshto.platform.clock import day_of
from obshto.platform.db.session import shared_session
from obshto.platform.web.access import requires
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import homes_with


@console.get("/neighbours")
@requires(HANDLE)
def neighbours() -> str:
    """Out of the region's table; who told it stays with the neighbour."""
    uow, homes = current_uow(), homes_with("reports")
    asked = request.args.get("kind", "")
    kind = asked if asked in KINDS else ""
    state = "" if request.args.get("state") == "all" else "open"
    rows = reports_at_border(uow.scope.slug, homes, kind=kind, state=state)
    with shared_session() as shared:
        page = paginate(shared, rows, page_number())
    shown = {"page": page, "homes": homes, "kind": kind, "state": state}
    return render_template("reports/neighbours.html", today=day_of(uow.now), **shown, **labels())
