"""Blueprint of the staff pages, and their first one: what waits and where things stand."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.modules.dataprotection.permissions import DataProtectionPermission
from obshto.modules.dataprotection.services import (
    activities,
    assessments,
    drills,
    findings,
    incidents,
    versions,
)
from obshto.platform.soft_delete import count
from obshto.platform.web.access import requires
from obshto.platform.web.request_uow import current_uow

console = Blueprint("dataprotection_console", __name__)
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(DataProtectionPermission.READ)
def index() -> str:
    """Numbers and the ways on; no name."""
    uow = current_uow()
    may = uow.principal.may
    return render_template(
        "dataprotection/overview.html",
        open_findings=count(uow, findings.queue(uow, "open")),
        open_incidents=uow.session.scalars(incidents.queue(uow, "open").limit(5)).all(),
        in_force=versions.version_in_force(uow),
        waiting=versions.waiting_version(uow),
        number=len(activities.declared(uow)),
        unassessed=count(uow, assessments.unassessed(uow)),
        drill=drills.drill_standing(uow),
        may_watch=may(DataProtectionPermission.WATCH),
        may_judge=may(DataProtectionPermission.JUDGE),
        may_enter_leave=may(DataProtectionPermission.LEAVE),
        may_handle=may(DataProtectionPermission.INCIDENT),
        now=uow.now,
    )
