"""The activity log, newest first."""

from __future__ import annotations

from flask import Blueprint, render_template

from obshto.platform.audit.permissions import AuditPermission
from obshto.platform.audit.services import PAGE, RECENT, entries_before, first_broken_link
from obshto.platform.audit.words import words_of_the_log
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.older import asked_before, older_than

console = Blueprint("audit_console", __name__)


@console.get("/")
@requires(AuditPermission.READ)
def index() -> str:
    work = current_work()
    before = asked_before()
    entries = entries_before(work, entry_id=before)
    return render_template(
        "audit/index.html",
        entries=entries,
        before=before,
        more=older_than([entry.id for entry in entries], PAGE),
        broken=first_broken_link(work, last=RECENT) if before is None else None,
        **words_of_the_log(),
    )
