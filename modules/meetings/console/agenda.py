"""The agenda: add a point, change it, take it away."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from obshto.modules.meetings.console.meetings import Answer, meeting_here
from obshto.modules.meetings.forms.plans import EditItemForm, NewItemForm, shown_item
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services import agenda, queries
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


def add_agenda(console: Blueprint) -> None:
    """Its pages belong to the console of meetings."""
    both = ["GET", "POST"]
    console.add_url_rule("/<uuid:meeting_id>/items/new", view_func=add_item, methods=both)
    console.add_url_rule("/items/<uuid:item_id>", view_func=edit_item, methods=both)
    console.add_url_rule("/items/<uuid:item_id>/remove", view_func=remove_item, methods=["POST"])


@requires(MeetingsPermission.PLAN)
def add_item(meeting_id: UUID) -> Answer:
    uow, meeting, form = current_uow(), meeting_here(meeting_id), NewItemForm()
    if form.validate_on_submit():
        try:
            agenda.add_item(uow, meeting, form.point(), request_id=form.request_id.data)
            return _back(meeting_id, "meetings.agenda")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("meetings/item.html", form, meeting=meeting, item=None)


@requires(MeetingsPermission.PLAN)
def edit_item(item_id: UUID) -> Answer:
    uow = current_uow()
    item = queries.item_of(uow, item_id, to_change=request.method == "POST")
    meeting = queries.meeting_of(uow, item.meeting_id)
    form = EditItemForm(data=shown_item(item))
    if form.validate_on_submit():
        version = form.expected_version.data
        try:
            agenda.edit_item(uow, meeting, item, form.point(), expected_version=version)
            return _back(meeting.id, "meetings.agenda")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = item.version
    return filled("meetings/item.html", form, meeting=meeting, item=item)


@requires(MeetingsPermission.PLAN)
def remove_item(item_id: UUID) -> Response:
    uow = current_uow()
    item = queries.item_of(uow, item_id, to_change=True)
    meeting = queries.meeting_of(uow, item.meeting_id)
    agenda.remove_item(uow, meeting, item, expected_version=seen_here())
    return _back(meeting.id, "meetings.agenda")


def _back(meeting_id: UUID, said: str) -> Response:
    return see_other(".edit", meeting_id=meeting_id, said=said, _anchor="agenda")
