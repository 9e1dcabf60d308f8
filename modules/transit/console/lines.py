"""Lines: write them, look them over, publish them, take them back; what changes on some days."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.transit.errors import TimetableRefused
from obshto.modules.transit.forms import AlertForm, EditBusLineForm, NewBusLineForm
from obshto.modules.transit.models import BusLine
from obshto.modules.transit.permissions import TransitPermission
from obshto.modules.transit.services import edits, publication, queries
from obshto.modules.transit.services.timetable import directions_of
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("transit_console", __name__)
LISTS = {"published": queries.published, "drafts": queries.drafts, "deleted": queries.deleted}
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(TransitPermission.WRITE)
def index() -> str:
    uow = current_uow()
    chosen = request.args.get("list", "published")
    rows = LISTS.get(chosen) or abort(404)
    numbers = counts(uow, {name: of() for name, of in LISTS.items()})
    page = paginate(uow.session, rows(), page_number(), total=numbers[chosen])
    about = {"page": page, "chosen": chosen, "counts": numbers, "differs": publication.differs}
    return render_template("transit/console.html", **about)


@console.route("/new", methods=["GET", "POST"])
@requires(TransitPermission.WRITE)
def write() -> Answer:
    form = NewBusLineForm()
    if form.validate_on_submit():
        line = edits.write_line(current_uow(), form.details(), request_id=form.request_id.data)
        return see_other("transit_console.edit", line_id=line.id, said="transit.written")
    return filled("transit/write.html", form)


@console.route("/lines/<uuid:line_id>", methods=["GET", "POST"])
@requires(TransitPermission.WRITE)
def edit(line_id: UUID) -> Answer:
    uow = current_uow()
    line = queries.line_of(uow, line_id, to_change=request.method == "POST")
    form = EditBusLineForm(obj=line, data={"expected_version": line.version})
    if form.validate_on_submit():
        try:
            edits.edit_line(uow, line, form.details(), expected_version=form.expected_version.data)
            return see_other("transit_console.edit", line_id=line.id, said="transit.saved")
        except DomainError as refusal:
            refuse(form, refusal, line)
    return _edited(line, form)


def _edited(line: BusLine, form: Any) -> Answer:
    uow = current_uow()
    return filled(
        "transit/edit.html",
        form,
        line=line,
        directions=directions_of(line.draft),
        findings=publication.checks_of(uow, line),
        alerts=uow.session.scalars(queries.alerts_of([line.id]).limit(20)).all(),
        editions=queries.editions_of(uow, line),
        differs=publication.differs(line),
    )


@console.post("/lines/<uuid:line_id>/publish")
@requires(TransitPermission.PUBLISH)
def publish(line_id: UUID) -> Answer:
    uow, line = current_uow(), _to_change(line_id)
    try:
        publication.publish_line(uow, line, expected_version=seen_here())
    except TimetableRefused as refusal:
        form = EditBusLineForm(formdata=None, obj=line, data={"expected_version": line.version})
        form.form_errors.append(str(refusal))
        return _edited(line, form)
    return see_other("transit_console.edit", line_id=line_id, said="transit.published")


@console.post("/lines/<uuid:line_id>/hide")
@requires(TransitPermission.PUBLISH)
def hide(line_id: UUID) -> Response:
    publication.hide_line(current_uow(), _to_change(line_id), expected_version=seen_here())
    return see_other("transit_console.edit", line_id=line_id, said="transit.hidden")


@console.get("/lines/<uuid:line_id>/delete")
@requires(TransitPermission.PUBLISH)
def ask_to_delete(line_id: UUID) -> str:
    return render_template("transit/delete.html", line=queries.line_of(current_uow(), line_id))


@console.post("/lines/<uuid:line_id>/delete")
@requires(TransitPermission.PUBLISH)
def delete(line_id: UUID) -> Response:
    line = _to_change(line_id, or_deleted=True)
    publication.delete_line(current_uow(), line, expected_version=seen_here())
    return see_other("transit_console.index", list="deleted", said="transit.deleted")


@console.post("/lines/<uuid:line_id>/restore")
@requires(TransitPermission.PUBLISH)
def restore(line_id: UUID) -> Response:
    line = _to_change(line_id, or_deleted=True)
    publication.restore_line(current_uow(), line, expected_version=seen_here())
    return see_other("transit_console.edit", line_id=line_id, said="transit.restored")


@console.post("/lines/<uuid:line_id>/editions/<uuid:edition_id>")
@requires(TransitPermission.WRITE)
def revert(line_id: UUID, edition_id: UUID) -> Response:
    line = _to_change(line_id)
    publication.revert_line(current_uow(), line, edition_id, expected_version=seen_here())
    return see_other("transit_console.edit", line_id=line_id, said="transit.reverted")


@console.route("/lines/<uuid:line_id>/alerts", methods=["GET", "POST"])
@requires(TransitPermission.PUBLISH)
def tell(line_id: UUID) -> Answer:
    uow = current_uow()
    line, form = queries.line_of(uow, line_id), AlertForm()
    if form.validate_on_submit():
        try:
            publication.publish_alert(uow, line, form.details(), request_id=form.request_id.data)
            return see_other("transit_console.edit", line_id=line_id, said="transit.told")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("transit/alert.html", form, line=line)


@console.post("/alerts/<uuid:alert_id>/withdraw")
@requires(TransitPermission.PUBLISH)
def withdraw(alert_id: UUID) -> Response:
    uow = current_uow()
    alert = queries.alert_of(uow, alert_id, to_change=True)
    line = queries.line_of(uow, alert.line_id, or_deleted=True)
    publication.withdraw_alert(uow, alert, line, expected_version=seen_here())
    return see_other("transit_console.edit", line_id=line.id, said="transit.withdrawn")


def _to_change(line_id: UUID, *, or_deleted: bool = False) -> BusLine:
    """The line, locked."""
    return queries.line_of(current_uow(), line_id, to_change=True, or_deleted=or_deleted)


def refuse(form: Any, refusal: DomainError, line: BusLine) -> None:
    """Told once: who saves again after that has seen what the other wrote."""
    form.form_errors.append(str(refusal))
    form.expected_version.data = line.version
