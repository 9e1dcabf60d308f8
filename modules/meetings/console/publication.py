"""Announce a meeting, hide it, call it off, take a draft away."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.modules.meetings.console.meetings import Answer, meeting_here, refuse
from obshto.modules.meetings.forms.plans import CancelForm
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services import publication
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import ScheduleForm, filled, seen_here
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


def add_publication(console: Blueprint) -> None:
    """Its pages belong to the console of meetings."""
    both, post = ["GET", "POST"], ["POST"]
    for word, view, methods in (
        ("when", schedule, both),
        ("publish", publish, post),
        ("hide", hide, post),
        ("cancel", cancel, both),
        ("reinstate", reinstate, post),
        ("delete", delete, post),
        ("restore", restore, post),
    ):
        console.add_url_rule(f"/<uuid:meeting_id>/{word}", view_func=view, methods=methods)
    console.add_url_rule("/<uuid:meeting_id>/delete", view_func=ask_to_delete)


@requires(MeetingsPermission.PUBLISH)
def schedule(meeting_id: UUID) -> Answer:
    """From when to when it shows."""
    uow, meeting = current_uow(), meeting_here(meeting_id)
    form = ScheduleForm(obj=meeting, data={"expected_version": meeting.version})
    if form.validate_on_submit():
        times = {"at": form.published_at.moment, "until": form.until.moment}
        version = form.expected_version.data
        try:
            publication.publish_meeting(uow, meeting, expected_version=version, **times)
            return _back(meeting_id, "meetings.scheduled")
        except DomainError as refusal:
            refuse(form, refusal, meeting)
    return filled("meetings/schedule.html", form, meeting=meeting)


@requires(MeetingsPermission.PUBLISH)
def publish(meeting_id: UUID) -> Response:
    meeting = meeting_here(meeting_id)
    publication.publish_meeting(current_uow(), meeting, expected_version=seen_here())
    return _back(meeting_id, "meetings.published")


@requires(MeetingsPermission.PUBLISH)
def hide(meeting_id: UUID) -> Response:
    publication.hide_meeting(current_uow(), meeting_here(meeting_id), expected_version=seen_here())
    return _back(meeting_id, "meetings.hidden")


@requires(MeetingsPermission.PUBLISH)
def cancel(meeting_id: UUID) -> Answer:
    """It does not take place; whoever said that they come hears of it."""
    uow, meeting = current_uow(), meeting_here(meeting_id)
    form = CancelForm(data={"expected_version": meeting.version})
    if form.validate_on_submit():
        told = {"note": form.note.data.strip(), "expected_version": form.expected_version.data}
        try:
            publication.cancel_meeting(uow, meeting, **told)
            return _back(meeting_id, "meetings.cancelled")
        except DomainError as refusal:
            refuse(form, refusal, meeting)
    return filled("meetings/cancel.html", form, meeting=meeting)


@requires(MeetingsPermission.PUBLISH)
def reinstate(meeting_id: UUID) -> Response:
    meeting = meeting_here(meeting_id)
    publication.reinstate_meeting(current_uow(), meeting, expected_version=seen_here())
    return _back(meeting_id, "meetings.reinstated")


@requires(MeetingsPermission.PUBLISH)
def ask_to_delete(meeting_id: UUID) -> str:
    return render_template("meetings/delete.html", meeting=meeting_here(meeting_id))


@requires(MeetingsPermission.PUBLISH)
def delete(meeting_id: UUID) -> Response:
    meeting = meeting_here(meeting_id, or_deleted=True)
    publication.delete_draft(current_uow(), meeting, expected_version=seen_here())
    return see_other(".index", list="drafts", said="meetings.deleted")


@requires(MeetingsPermission.PUBLISH)
def restore(meeting_id: UUID) -> Response:
    meeting = meeting_here(meeting_id, or_deleted=True)
    publication.restore_draft(current_uow(), meeting, expected_version=seen_here())
    return _back(meeting_id, "meetings.restored")


def _back(meeting_id: UUID, said: str) -> Response:
    return see_other(".edit", meeting_id=meeting_id, said=said)
