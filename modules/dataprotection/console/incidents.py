"""Incidents: the list, one with its term and history, each decision, the ready texts."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.dataprotection.console.blueprint import Answer, console
from obshto.modules.dataprotection.forms import (
    AuthorityForm,
    IncidentFactsForm,
    IncidentNoteForm,
    IncidentStartForm,
    PersonsForm,
    ReturnVersionForm,
)
from obshto.modules.dataprotection.models import Incident
from obshto.modules.dataprotection.permissions import DataProtectionPermission
from obshto.modules.dataprotection.services import drills, incidents, letters
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import private_pdf
from obshto.platform.web.forms import filled, show_version, tell
from obshto.platform.web.language import SOURCE
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import municipality_here, people_who_may

HANDLE = DataProtectionPermission.INCIDENT
KIND_LABELS = {kind.value: kind.label for kind in DataKind}


@console.get("/incidents")
@requires(HANDLE)
def incident_list() -> str:
    uow, chosen = current_uow(), request.args.get("list", "open")
    if chosen not in ("open", "closed"):
        abort(404)
    page = paginate(uow.session, incidents.queue(uow, chosen), page_number())
    standing = drills.drill_standing(uow)
    shown = {"page": page, "chosen": chosen, "drill": standing, "now": uow.now}
    return render_template("dataprotection/incidents.html", **shown)


@console.route("/incidents/new", methods=["GET", "POST"])
@requires(HANDLE)
def new_incident() -> Answer:
    uow = current_uow()
    drill = "drill" if "drill" in request.args else ""
    form = IncidentStartForm(data={"detected_at": uow.now, "is_drill": drill})
    if form.validate_on_submit():
        start, key = form.start(), form.request_id.data
        begin = drills.begin_drill if start.is_drill else incidents.open_incident
        row = begin(uow, start, request_id=key)
        return _back_to(row.id, "dataprotection.incident-opened")
    return filled("dataprotection/incident_new.html", form)


@console.get("/incidents/<uuid:incident_id>")
@requires(HANDLE)
def incident(incident_id: UUID) -> str:
    uow = current_uow()
    row = incidents.incident_of(uow, incident_id)
    return render_template(
        "dataprotection/incident.html",
        row=row,
        history=incidents.lines_of(uow, row),
        told=incidents.LINES,
        missing=incidents.missing_of(row),
        kind_labels=KIND_LABELS,
        natures_of=letters.natures_of,
        form=IncidentNoteForm(formdata=None),
        now=uow.now,
    )


@console.route("/incidents/<uuid:incident_id>/facts", methods=["GET", "POST"])
@requires(HANDLE)
def facts(incident_id: UUID) -> Answer:
    row = _row(incident_id)
    form = IncidentFactsForm(obj=row)
    return _change(row, form, incidents.write_facts, "facts", "words")


@console.route("/incidents/<uuid:incident_id>/authority", methods=["GET", "POST"])
@requires(HANDLE)
def authority(incident_id: UUID) -> Answer:
    row = _row(incident_id)
    known = {
        "answer": row.authority,
        "why": row.authority_why,
        "told_at": row.authority_told_at,
        "number": row.authority_number,
    }
    form = AuthorityForm(data=known)
    return _change(row, form, incidents.decide_authority, "authority", "decision")


@console.route("/incidents/<uuid:incident_id>/persons", methods=["GET", "POST"])
@requires(HANDLE)
def persons(incident_id: UUID) -> Answer:
    row = _row(incident_id)
    known = {"answer": row.persons, "why": row.persons_why, "told_at": row.persons_told_at}
    form = PersonsForm(data=known)
    return _change(row, form, incidents.decide_persons, "persons", "decision")


@console.route("/incidents/<uuid:incident_id>/close", methods=["GET", "POST"])
@requires(HANDLE)
def close(incident_id: UUID) -> Answer:
    form = ReturnVersionForm(label=gettext("Какво научихме и какво променяме"))
    return _change(_row(incident_id), form, incidents.close_incident, "close", "said")


@console.post("/incidents/<uuid:incident_id>/note")
@requires(HANDLE)
def note(incident_id: UUID) -> Answer:
    uow, form, row = current_uow(), IncidentNoteForm(), _row(incident_id)
    if form.validate_on_submit():
        key = form.request_id.data
        incidents.add_note(uow, row, form.words.data.strip(), request_id=key)
        return _back_to(incident_id, "dataprotection.noted")
    return filled("dataprotection/incident_note.html", form, row=row)


@console.get("/incidents/<uuid:incident_id>/texts")
@requires(HANDLE)
def texts(incident_id: UUID) -> str:
    """What is sent to the authority and to the people, to be copied and printed."""
    row = incidents.incident_of(current_uow(), incident_id)
    return render_template("dataprotection/texts.html", row=row, letters=letters, **_senders())


@console.get("/incidents/<uuid:incident_id>/notification.pdf")
@requires(HANDLE)
def notification(incident_id: UUID) -> Response:
    """The notification to the authority, ready to be signed and sent."""
    uow = current_uow()
    row = incidents.incident_of(uow, incident_id)
    pdf = letters.notification_pdf(row, on=day_of(uow.now), **_senders())
    return private_pdf(f"uvedomlenie-{row.full_number}", pdf)


def _senders() -> dict[str, str]:
    """Who writes, as letters say it: in Bulgarian."""
    uow = current_uow()
    officers = people_who_may(uow, DataProtectionPermission.MANAGE)
    title = municipality_here(uow).title(SOURCE)
    return {"municipality": title, "officer": next(iter(officers.values()), "")}


def _row(incident_id: UUID) -> Incident:
    """Locked until the request ends, where something is sent."""
    return incidents.incident_of(current_uow(), incident_id, to_change=request.method == "POST")


def _change(row: Incident, form: Any, act: Any, page: str, said: str) -> Answer:
    """A form that changes the incident; `said` is its method that gives what was typed."""
    uow = current_uow()
    if form.validate_on_submit():
        try:
            act(uow, row, getattr(form, said)(), expected_version=form.expected_version.data)
            return _back_to(row.id, f"dataprotection.{page}-kept")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    shown = {"row": row, "missing": incidents.missing_of(row)}
    return filled(f"dataprotection/incident_{page}.html", form, **shown)


def _back_to(incident_id: UUID, said: str) -> Response:
    return see_other(".incident", incident_id=incident_id, said=said)
