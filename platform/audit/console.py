"""The activity log, newest first."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request

from obshto.platform.audit.permissions import AuditPermission
from obshto.platform.audit.services import PAGE, RECENT, entries_before, first_broken_link
from obshto.platform.audit.words import words_of_the_log
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work

console = Blueprint("audit_console", __name__)


@console.get("/")
@requires(AuditPermission.READ)
def index() -> str:
    work = current_work()
    before = _id(request.args.get("before"))
    entries = entries_before(work, entry_id=before)
    return render_template(
        "audit/index.html",
        entries=entries,
        before=before,
        more=entries[-1].id if len(entries) == PAGE else None,
        broken=first_broken_link(work, last=RECENT) if before is None else None,
        **words_of_the_log(),
    )


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        abort(404)
