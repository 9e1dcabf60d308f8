"""Board of a centre: guests by number, a queue, seats. It works on a tablet without JavaScript."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.centres.console.centres import Answer, console
from obshto.modules.centres.forms.centres import GuestForm
from obshto.modules.centres.models import Centre, Visit
from obshto.modules.centres.permissions import CentresPermission
from obshto.modules.centres.services import queries, walk_in
from obshto.modules.centres.services.booking_kind import title_of
from obshto.modules.centres.services.equipment import asked_in
from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.get("/<uuid:centre_id>/board")
@requires(CentresPermission.HANDLE)
def board(centre_id: UUID) -> str:
    return _board(queries.centre_of(current_uow(), centre_id), GuestForm())


@console.post("/<uuid:centre_id>/board/add")
@requires(CentresPermission.HANDLE)
def add_guest(centre_id: UUID) -> Answer:
    uow, form = current_uow(), GuestForm()
    centre = queries.centre_of(uow, centre_id)
    if not form.validate_on_submit():
        return _board(centre, form), 422
    walk_in.add_guest(uow, centre, request_id=form.request_id.data)
    return see_other(".board", centre_id=centre_id, said="centres.guest")


@console.post("/<uuid:centre_id>/board/<uuid:visit_id>/seat")
@requires(CentresPermission.HANDLE)
def seat_guest(centre_id: UUID, visit_id: UUID) -> Answer:
    """To the seat that was chosen („id of the computer.number“)."""
    uow, centre, visit = _found(centre_id, visit_id)
    chosen, _dot, number = request.form.get("seat", "").partition(".")
    here = {str(one.id): one for one in walk_in.computers_of(uow, centre)}
    if chosen not in here or not number.isascii() or not number.isdigit() or len(number) > 3:
        return _board(centre, GuestForm(formdata=None), gettext("Изберете място")), 422
    seen = seen_here()
    try:
        walk_in.seat_guest(uow, centre, visit, here[chosen], int(number), expected_version=seen)
    except DomainError as refusal:
        return _board(centre, GuestForm(formdata=None), str(refusal)), 409
    return see_other(".board", centre_id=centre_id, said="centres.seated")


@console.post("/<uuid:centre_id>/board/<uuid:visit_id>/extend")
@requires(CentresPermission.HANDLE)
def extend_visit(centre_id: UUID, visit_id: UUID) -> Answer:
    uow, centre, visit = _found(centre_id, visit_id)
    try:
        walk_in.extend_visit(uow, centre, visit, expected_version=seen_here())
    except DomainError as refusal:
        return _board(centre, GuestForm(formdata=None), str(refusal)), 409
    return see_other(".board", centre_id=centre_id, said="centres.extended")


@console.post("/<uuid:centre_id>/board/<uuid:visit_id>/end")
@requires(CentresPermission.HANDLE)
def end_visit(centre_id: UUID, visit_id: UUID) -> Response:
    uow, centre, visit = _found(centre_id, visit_id)
    said = "centres.wiped" if visit.resource_id else "centres.left"
    walk_in.end_visit(uow, centre, visit, expected_version=seen_here())
    return see_other(".board", centre_id=centre_id, said=said)


def _found(centre_id: UUID, visit_id: UUID) -> tuple[UnitOfWork, Centre, Visit]:
    uow = current_uow()
    centre = queries.centre_of(uow, centre_id)
    return uow, centre, walk_in.visit_of(uow, centre, visit_id)


def _board(centre: Centre, form: GuestForm, refusal: str = "") -> str:
    uow = current_uow()
    shown = {"centre": centre, "form": form, "refusal": refusal, "now": uow.now}
    here = walk_in.board_of(uow, centre)
    asked = asked_in(uow, [slot.id for _resource, slot in here.booked])
    return render_template(
        "centres/board.html", board=here, asked=asked, title_of=title_of, **shown
    )
