"""The activity log, newest first."""

from __future__ import annotations

from flask import Blueprint, render_template

from obshto.platform.audit.permissions import AuditPermission
from obshto.platform.audit.services import PAGE, RECENT, entries_before, first_broken_link
from obshto.platform.audit.words import words_of_the_log
from obshto.platform.web.access import requires
from obshto.platform.web.cursor_pagination import asked_before, older_than
from obshto.platform.web.request_uow import current_uow

console = Blueprint("audit_console", __name__)


@console.get("/")
@requires(AuditPermission.READ)
def index() -> str:
    uow = current_uow()
    before = asked_before()
    entries = entries_before(uow, entry_id=before)
    return render_template(
        "audit/index.html",
        entries=entries,
        before=before,
        more=older_than([entry.id for entry in entries], PAGE),
        broken=first_broken_link(uow, last=RECENT) if before is None else None,
        **words_of_the_log(),
    )
