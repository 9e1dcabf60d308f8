"""Sessions: the secretary's desk, attendance, materials by point, publication of the minutes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.council.errors import StaleCouncil
from obshto.modules.council.forms.sessions import (
    PresenceForm,
    PublishRecordForm,
    SessionMaterialForm,
)
from obshto.modules.council.permissions import CouncilPermission
from obshto.modules.council.services import sessions as service
from obshto.modules.council.services.members import sitting
from obshto.modules.council.services.votes import votes_of
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.storage.errors import FileRefused
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files

console = Blueprint("council_console", __name__)
Answer = str | tuple[str, int] | Response
MOST = 30
UNCHANGED = 1  # a material is never changed: only who has seen the page says so
_BOTH = ["GET", "POST"]


@console.get("/")
@requires(CouncilPermission.RECORD)
def index() -> str:
    """The latest sessions."""
    uow = current_uow()
    rows = service.meetings().sessions(uow, is_public=False, most=MOST)
    shown = {"waiting": service.acts_waiting(uow), "today": day_of(uow.now)}
    return render_template("council/console.html", sessions=rows, now=uow.now, **shown)


@console.route("/sessions/<uuid:session_id>", methods=_BOTH)
@requires(CouncilPermission.RECORD)
def session(session_id: UUID) -> Answer:
    """The desk of one session; the form on it publishes the minutes."""
    uow, form = current_uow(), PublishRecordForm()
    found = service.session_here(uow, session_id, is_public=False)
    if form.validate_on_submit():
        why, once = (form.why.data or "").strip(), form.request_id.data
        try:
            service.meetings().publish_minutes(uow, session_id, why=why, request_id=once)
            return see_other(".session", session_id=session_id, said="council.published")
        except DomainError as refusal:
            tell(form, refusal)
    day = day_of(found.starts_at)
    about: dict[str, Any] = {"session": found, "overdue": service.overdue_reports(uow)}
    about |= {"points": service.meetings().points_of(uow, found.id)}
    about |= {"materials": service.materials_of(uow, found.id), "votes": votes_of(uow, found.id)}
    about |= {"noted": service.attendance_of(uow, found.id), "voters": sitting(uow, day)}
    about |= {"materials_due": service.materials_due(uow, found)}
    about |= {"acts": service.acts_due(found), "now": uow.now, "today": day_of(uow.now)}
    return filled("council/desk.html", form, **about)


@console.route("/sessions/<uuid:session_id>/attendance", methods=_BOTH)
@requires(CouncilPermission.RECORD)
def attendance(session_id: UUID) -> Answer:
    """Who of the councillors is in the hall."""
    uow = current_uow()
    found = service.session_here(uow, session_id, is_public=False)
    noted = service.attendance_of(uow, session_id)
    begun = {"present": noted.present, "expected_version": noted.version} if noted else {}
    form = PresenceForm(data=begun)
    form.offer(sitting(uow, day_of(found.starts_at)))
    if form.validate_on_submit():
        present = [UUID(one) for one in form.present.data or ()]
        try:
            seen = form.expected_version.data
            service.note_attendance(uow, session_id, present, expected_version=seen)
            return see_other(".session", session_id=session_id, said="council.noted")
        except DomainError as refusal:
            tell(form, refusal, service.attendance_of(uow, session_id))
    return filled("council/attendance.html", form, session=found)


@console.route("/sessions/<uuid:session_id>/points/<uuid:item_id>/materials", methods=_BOTH)
@requires(CouncilPermission.RECORD)
@takes_files
def materials(session_id: UUID, item_id: UUID) -> Answer:
    """Files of a point: add one, take one away."""
    uow, form = current_uow(), SessionMaterialForm()
    found = service.session_here(uow, session_id, is_public=False)
    point = service.point_of(uow, session_id, item_id)
    if form.validate_on_submit():
        file, title = form.file.data, (form.title.data or "").strip()
        told: dict[str, Any] = {"name": file.filename or "", "title": title}
        try:
            service.add_material(uow, point, file.stream, **told, request_id=form.request_id.data)
            here: dict[str, Any] = {"session_id": session_id, "item_id": item_id}
            return see_other(".materials", **here, said="council.material-added")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
    rows = service.materials_of(uow, session_id).get(item_id, [])
    due = service.materials_due(uow, found)
    about: dict[str, Any] = {"session": found, "point": point, "rows": rows, "due": due}
    about["late"] = {row.id for row, _file in rows if day_of(row.added_at) > due}
    return filled("council/materials.html", form, **about)


@console.post("/sessions/<uuid:session_id>/materials/remove")
@requires(CouncilPermission.RECORD)
def remove_material(session_id: UUID) -> Response:
    """A file that was put there by mistake."""
    uow, material_id = current_uow(), request.form.get("material", type=UUID)
    service.session_here(uow, session_id, is_public=False)
    if seen_here() != UNCHANGED or material_id is None:
        raise StaleCouncil
    service.remove_material(uow, session_id, material_id)
    return see_other(".session", session_id=session_id, said="council.material-removed")
