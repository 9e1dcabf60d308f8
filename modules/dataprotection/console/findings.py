"""Unusual looks: the queue, one of them, what was decided; how much staff looked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.dataprotection.console.blueprint import Answer, console
from obshto.modules.dataprotection.forms import DecideForm, ReturnVersionForm
from obshto.modules.dataprotection.models import LookFinding
from obshto.modules.dataprotection.permissions import DataProtectionPermission
from obshto.modules.dataprotection.services import acquaintances, findings
from obshto.modules.dataprotection.services.finding_kinds import COLOURS, KINDS, LEAVE, OUTCOMES
from obshto.modules.dataprotection.services.leave_days import leave_on
from obshto.modules.dataprotection.services.staff_counts import looks_by_staff
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.purposes import look_words
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

JUDGE, WATCH = DataProtectionPermission.JUDGE, DataProtectionPermission.WATCH
WORDS = {"kinds": KINDS, "outcomes": OUTCOMES, "colours": COLOURS, "in_words": look_words}


@console.get("/findings")
@requires(JUDGE)
def finding_list() -> str:
    """Those that wait for an explanation, or those that were decided."""
    uow, chosen = current_uow(), request.args.get("list", "open")
    if chosen not in ("open", "done"):
        abort(404)
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    page = paginate(uow.session, findings.queue(uow, chosen, kind), page_number())
    shown = {"page": page, "chosen": chosen, "kind": kind, "may_watch": uow.principal.may(WATCH)}
    return render_template("dataprotection/findings.html", **shown, **WORDS)


@console.route("/findings/<uuid:finding_id>", methods=["GET", "POST"])
@requires(JUDGE)
def finding(finding_id: UUID) -> Answer:
    """One finding; what the official or their head explained is written here."""
    uow, form = current_uow(), ReturnVersionForm()
    row = findings.finding_of(uow, finding_id, to_change=form.is_submitted())
    findings.look_at_finding(uow, row)
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            findings.explain_finding(uow, row, form.said(), expected_version=seen)
            return see_other(".finding", finding_id=finding_id, said="dataprotection.explained")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled("dataprotection/finding.html", form, **_shown(row), **WORDS)


@console.post("/findings/<uuid:finding_id>/incident")
@requires(JUDGE)
def to_incident(finding_id: UUID) -> Response:
    """One press: the 72 hours run from the signal."""
    uow, form = current_uow(), DecideForm()
    row = findings.finding_of(uow, finding_id, to_change=True)
    if not form.validate():
        abort(422)
    key, seen = form.request_id.data, form.expected_version.data
    incident = findings.make_incident(uow, row, request_id=key, expected_version=seen)
    return see_other(".incident", incident_id=incident.id, said="dataprotection.incident-opened")


@console.post("/findings/<uuid:finding_id>/acquainted")
@requires(JUDGE)
def acquainted(finding_id: UUID) -> Response:
    """The official and the person know each other: from now on each look is asked about."""
    uow = current_uow()
    acquaintances.mark_acquainted(uow, findings.finding_of(uow, finding_id))
    return see_other(".finding", finding_id=finding_id, said="dataprotection.acquainted")


@console.post("/findings/<uuid:finding_id>/strangers")
@requires(JUDGE)
def strangers(finding_id: UUID) -> Response:
    """They do not: the mark goes."""
    uow = current_uow()
    acquaintances.unmark_acquainted(uow, findings.finding_of(uow, finding_id))
    return see_other(".finding", finding_id=finding_id, said="dataprotection.strangers")


@console.get("/staff")
@requires(WATCH)
def staff() -> str:
    """How much each member of staff looked in thirty days, for the officer alone."""
    rows = looks_by_staff(current_uow())
    return render_template("dataprotection/staff.html", rows=rows)


def _shown(row: LookFinding) -> dict[str, Any]:
    uow = current_uow()
    look = findings.look_behind(uow, row)
    thing = look and look_words.things_of(uow, [look]).get(look.object_id)
    known, incident_id = acquaintances.are_acquainted(uow, row), findings.incident_behind(uow, row)
    shown: dict[str, Any] = {"row": row, "look": look, "thing": thing, "is_known": known}
    shown["leave"] = leave_on(uow, row.by_id, day_of(row.first_at)) if row.kind == LEAVE else None
    return shown | {"press": DecideForm(formdata=None), "incident_id": incident_id}
