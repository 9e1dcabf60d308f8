"""The register of processing: read, completed, proposed, approved, given out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.dataprotection.console.blueprint import Answer, console
from obshto.modules.dataprotection.forms import (
    DeclaredActivityForm,
    OwnActivityForm,
    ProposalForm,
    ReturnVersionForm,
)
from obshto.modules.dataprotection.models import RegisterVersion
from obshto.modules.dataprotection.permissions import DataProtectionPermission
from obshto.modules.dataprotection.services import activities, versions
from obshto.modules.dataprotection.services.activities import COLUMNS
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

READ, MANAGE = DataProtectionPermission.READ, DataProtectionPermission.MANAGE
APPROVE = DataProtectionPermission.APPROVE


@console.get("/register")
@requires(READ)
def register() -> str:
    """The register as it stands now, and its versions."""
    uow = current_uow()
    rows = activities.activity_rows(uow)
    return render_template(
        "dataprotection/register.html",
        entries=activities.current_entries(uow),
        completed={f"{row.part}:{row.word}" if row.part else str(row.id) for row in rows},
        waiting=versions.waiting_version(uow),
        returned=versions.last_returned(uow),
        approved=versions.approved_versions(uow),
        may_manage=uow.principal.may(MANAGE),
    )


@console.get("/register.csv")
@requires(READ)
def register_file() -> Response:
    entries = [entry.frozen() for entry in activities.current_entries(current_uow())]
    rows = ([entry[name] for name in COLUMNS] for entry in entries)
    return csv_file("register.csv", tuple(COLUMNS.values()), rows)


@console.route("/register/activity/<part>/<word>", methods=["GET", "POST"])
@requires(MANAGE)
def activity(part: str, word: str) -> Answer:
    """What the officer adds to what the portal declares."""
    uow, entry = current_uow(), activities.entry_of(current_uow(), part, word)
    row = activities.declared_row(uow, part, word)
    form = DeclaredActivityForm(data=entry.frozen())
    if form.validate_on_submit():
        try:
            _keep(row, form, part=part, word=word)
            return see_other(".register", said="dataprotection.activity-kept")
        except DomainError as refusal:
            tell(form, refusal, row)
    if row:
        show_version(form, row)
    return filled("dataprotection/activity.html", form, entry=entry, own=None)


@console.route("/register/new", methods=["GET", "POST"])
@requires(MANAGE)
def new_activity() -> Answer:
    """An activity outside the portal: cameras, staff, papers."""
    form = OwnActivityForm()
    if form.validate_on_submit():
        _keep(None, form)
        return see_other(".register", said="dataprotection.activity-kept")
    return filled("dataprotection/activity.html", form, entry=None, own=None)


@console.route("/register/own/<uuid:activity_id>", methods=["GET", "POST"])
@requires(MANAGE)
def own_activity(activity_id: UUID) -> Answer:
    row = activities.own_activity(current_uow(), activity_id)
    form = OwnActivityForm(obj=row)
    if form.validate_on_submit():
        try:
            _keep(row, form)
            return see_other(".register", said="dataprotection.activity-kept")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled("dataprotection/activity.html", form, entry=None, own=row)


@console.post("/register/own/<uuid:activity_id>/remove")
@requires(MANAGE)
def remove_activity(activity_id: UUID) -> Response:
    row = activities.own_activity(current_uow(), activity_id)
    activities.remove_activity(current_uow(), row, expected_version=seen_here())
    return see_other(".register", said="dataprotection.activity-removed")


@console.route("/register/propose", methods=["GET", "POST"])
@requires(MANAGE)
def propose() -> Answer:
    """What changed since the last approval; one press sends it to the mayor."""
    uow, last = current_uow(), versions.version_in_force(current_uow())
    form = ProposalForm(data={"words": last.words if last else ""})
    if form.validate_on_submit():
        try:
            row = versions.propose_register(uow, form.said(), request_id=form.request_id.data)
            return see_other(".version", version_id=row.id, said="dataprotection.proposed")
        except DomainError as refusal:
            tell(form, refusal)
    shown: dict[str, Any] = {
        "changes": versions.changes_since_approval(uow),
        "waiting": versions.waiting_version(uow),
        "columns": COLUMNS,
    }
    return filled("dataprotection/propose.html", form, **shown)


@console.get("/register/versions/<uuid:version_id>")
@requires(READ)
def version(version_id: UUID) -> str:
    """One version: what changed, who proposed it, what was decided."""
    return render_template(
        "dataprotection/version.html", **_whole(versions.version_of(current_uow(), version_id))
    )


@console.post("/register/versions/<uuid:version_id>/approve")
@requires(APPROVE)
def approve(version_id: UUID) -> Response:
    uow = current_uow()
    row = versions.version_of(uow, version_id, to_change=True)
    versions.approve_register(uow, row, expected_version=seen_here())
    return see_other(".version", version_id=version_id, said="dataprotection.approved")


@console.route("/register/versions/<uuid:version_id>/return", methods=["GET", "POST"])
@requires(APPROVE)
def give_back(version_id: UUID) -> Answer:
    uow, form = current_uow(), ReturnVersionForm()
    row = versions.version_of(uow, version_id, to_change=form.is_submitted())
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            versions.return_register(uow, row, form.said(), expected_version=seen)
            return see_other(".version", version_id=version_id, said="dataprotection.returned")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    back_to = url_for(".version", version_id=version_id)
    title = gettext("Върнете регистъра с причина")
    return filled("dataprotection/return.html", form, title=title, back_to=back_to)


def _keep(row: Any, form: DeclaredActivityForm, *, part: str = "", word: str = "") -> None:
    uow, words = current_uow(), form.words()
    if row is None:
        key = form.request_id.data
        activities.add_activity(uow, words, request_id=key, part=part, word=word)
        return
    activities.change_activity(uow, row, words, expected_version=form.expected_version.data)


def _whole(row: RegisterVersion) -> dict[str, Any]:
    uow = current_uow()
    before = versions.previous_to(uow, row)
    return {
        "row": row,
        "before": before,
        "changes": versions.changes_between(before.entries if before else (), row.entries),
        "columns": COLUMNS,
        "may_approve": uow.principal.may(APPROVE)
        and bool(row.is_waiting)
        and row.proposed_by_id != uow.principal.person_id,
    }
