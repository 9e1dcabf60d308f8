"""The team's pages on the operations host: announce, say more, stop and resume changes."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.ops.incidents.forms import WORDS, AnnounceForm, MoreForm, ReadOnlyForm
from obshto.ops.incidents.models import Incident, Word
from obshto.ops.incidents.services import (
    announce,
    incident_of,
    known_incidents,
    let_change,
    say_more,
    updates_of,
)
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import RegionPermission, municipalities

incidents = Blueprint("incidents", __name__)


@incidents.get("/incidents")
@requires(RegionPermission.ANNOUNCE)
def index() -> str:
    rows = known_incidents(current_uow(), None)
    return render_template("incidents/index.html", rows=rows, now=current_uow().now, **_names())


@incidents.route("/incidents/new", methods=["GET", "POST"])
@requires(RegionPermission.ANNOUNCE)
def new() -> str | tuple[str, int] | Response:
    form = AnnounceForm()
    form.offer(municipalities(), current_language())
    if form.validate_on_submit():
        told = form.announcement()
        incident = announce(current_uow(), told, request_id=form.request_id.data)
        return see_other(".show", incident_id=incident.id, said="incidents.announced")
    return filled("incidents/new.html", form)


@incidents.get("/incidents/<uuid:incident_id>")
@requires(RegionPermission.ANNOUNCE)
def show(incident_id: UUID) -> str | tuple[str, int]:
    incident = incident_of(current_uow(), incident_id)
    return _shown(incident, MoreForm(), _standing(incident))


@incidents.post("/incidents/<uuid:incident_id>/more")
@requires(RegionPermission.ANNOUNCE)
def more(incident_id: UUID) -> str | tuple[str, int] | Response:
    incident, form = incident_of(current_uow(), incident_id), MoreForm()
    if form.validate_on_submit():
        word, request_id = Word(form.word.data), form.request_id.data
        say_more(current_uow(), incident, word=word, texts=form.texts, request_id=request_id)
        return see_other(".show", incident_id=incident_id, said="incidents.updated")
    return _shown(incident, form, _standing(incident))


@incidents.post("/incidents/<uuid:incident_id>/read-only")
@requires(RegionPermission.ANNOUNCE)
def read_only(incident_id: UUID) -> str | tuple[str, int] | Response:
    incident, form = incident_of(current_uow(), incident_id), ReadOnlyForm()
    if form.validate_on_submit():
        let_change(
            current_uow(),
            incident,
            is_read_only=form.is_read_only.data,
            ends_at=form.ends_at.moment,
            reason=form.reason.data.strip(),
            expected_version=form.expected_version.data,
        )
        return see_other(".show", incident_id=incident_id, said="incidents.changed")
    return _shown(incident, MoreForm(formdata=None), form)


def _shown(incident: Incident, say: MoreForm, stop: ReadOnlyForm) -> str | tuple[str, int]:
    page = render_template(
        "incidents/show.html",
        incident=incident,
        said_since=updates_of(current_uow(), [incident])[incident.id],
        now=current_uow().now,
        say=say,
        stop=stop,
        words=WORDS,
        form_has_errors=bool(say.errors or stop.errors),
        **_names(),
    )
    return (page, 422) if say.errors or stop.errors else page


def _standing(incident: Incident) -> ReadOnlyForm:
    how = {"is_read_only": incident.is_read_only, "ends_at": incident.ends_at}
    return ReadOnlyForm(formdata=None, data=how)


def _names() -> dict[str, object]:
    return {"names": {tenant.slug: tenant.names for tenant in municipalities()}}
