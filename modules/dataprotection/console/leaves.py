"""Leaves of staff: the list, one, its end; who heads the office enters them."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.dataprotection.console.blueprint import Answer, console
from obshto.modules.dataprotection.forms import StaffDaysOffForm, StaffLeaveForm
from obshto.modules.dataprotection.permissions import DataProtectionPermission
from obshto.modules.dataprotection.services import leaves
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

ENTER = DataProtectionPermission.LEAVE


@console.get("/leaves")
@requires(ENTER)
def leave_list() -> str:
    """Who is away now and soon, or was."""
    uow, chosen = current_uow(), request.args.get("list", "now")
    if chosen not in ("now", "over"):
        abort(404)
    page = paginate(uow.session, leaves.queue(uow, chosen), page_number())
    shown = {"page": page, "chosen": chosen, "today": day_of(uow.now)}
    return render_template("dataprotection/leaves.html", own_id=uow.principal.person_id, **shown)


@console.route("/leaves/new", methods=["GET", "POST"])
@requires(ENTER)
def new_leave() -> Answer:
    uow = current_uow()
    form = StaffLeaveForm(leaves.staff_names(uow))
    if form.validate_on_submit():
        try:
            leaves.enter_leave(uow, form.words(), request_id=form.request_id.data)
            return see_other(".leave_list", said="dataprotection.leave-kept")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("dataprotection/leave.html", form, row=None)


@console.route("/leaves/<uuid:leave_id>", methods=["GET", "POST"])
@requires(ENTER)
def leave(leave_id: UUID) -> Answer:
    uow = current_uow()
    row = leaves.leave_of(uow, leave_id)
    form = StaffDaysOffForm(obj=row)
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            words = form.days_of(row.person_id)
            leaves.change_leave(uow, row, words, expected_version=seen)
            return see_other(".leave_list", said="dataprotection.leave-kept")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled("dataprotection/leave.html", form, row=row)


@console.post("/leaves/<uuid:leave_id>/remove")
@requires(ENTER)
def remove_leave(leave_id: UUID) -> Response:
    uow = current_uow()
    row = leaves.leave_of(uow, leave_id)
    leaves.remove_leave(uow, row, expected_version=seen_here())
    return see_other(".leave_list", said="dataprotection.leave-removed")
