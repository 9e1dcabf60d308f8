"""The activity log, newest first."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, abort, render_template, request

from obshto.platform.audit.permissions import AuditPermission
from obshto.platform.audit.services import PAGE, entries_before, first_broken_link
from obshto.platform.modularity.registry import current_registry
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work

console = Blueprint("audit_console", __name__)


@console.get("/")
@requires(AuditPermission.READ)
def index() -> str:
    work = current_work()
    before = _moment(request.args.get("before"))
    entries = entries_before(work, moment=before, size=PAGE)
    parts = current_registry().parts.values()
    titles = {part.slug: part.title for part in current_registry().modules()}
    labels = {fact.name: fact.label for part in parts for fact in part.events}
    return render_template(
        "audit/index.html",
        entries=entries,
        labels=labels,
        titles=titles,
        before=before,
        more=entries[-1].at if len(entries) == PAGE else None,
        broken=first_broken_link(work) if before is None else None,
    )


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        abort(404)
    return moment if moment.tzinfo else abort(404)
