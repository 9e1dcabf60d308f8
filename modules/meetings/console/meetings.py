"""Plan meetings: the lists, the plan with its check-list, a preview, the invitation on paper."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from sqlalchemy import ColumnElement
from werkzeug.wrappers import Response

from obshto.modules.meetings.errors import MoveNeedsReason
from obshto.modules.meetings.forms.plans import (
    ChecksForm,
    EditMeetingForm,
    NewMeetingForm,
    shown_plan,
)
from obshto.modules.meetings.models import Meeting
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services import plans, queries
from obshto.modules.meetings.services.agenda import hours_of
from obshto.modules.meetings.services.checklist import TICKED, checklist_of, terms_after
from obshto.modules.meetings.services.guests import counts_of
from obshto.modules.meetings.services.invitations import invitation_of
from obshto.modules.meetings.services.kind import KIND
from obshto.modules.meetings.services.kinds import KINDS, council_records
from obshto.modules.meetings.services.page_context import page_of, words_of
from obshto.modules.meetings.services.questions import waiting
from obshto.platform.editorial.attachments import files_on
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.forms import FlaskForm, filled
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("meetings_console", __name__)
Answer = str | tuple[str, int] | Response
LISTS = ("planned", "drafts", "held", "deleted")


@console.get("/")
@requires(MeetingsPermission.PLAN)
def index() -> str:
    return lists_page("meetings/console.html")


def lists_page(template: str, *conditions: ColumnElement[bool]) -> str:
    """The lists of staff: planned, drafts, held; of those that meet the conditions."""
    uow = current_uow()
    lists = {
        "planned": queries.planned(uow),
        "drafts": queries.drafts(),
        "held": queries.held(uow),
        "deleted": queries.deleted(),
    }
    rows = {name: found.where(*conditions) for name, found in lists.items()}
    chosen = request.args.get("list", "planned")
    if chosen not in LISTS:
        abort(404)
    numbers = counts(uow, {**rows, "waiting": waiting()})
    page = paginate(uow.session, rows[chosen], page_number(), total=numbers[chosen])
    about = {"page": page, "chosen": chosen, "counts": numbers, "now": uow.now}
    return render_template(template, **about, **words_of(queries.settlements_here(uow)))


@console.route("/new", methods=["GET", "POST"])
@requires(MeetingsPermission.PLAN)
def write() -> Answer:
    uow = current_uow()
    form = NewMeetingForm(names=queries.settlements_here(uow))
    if form.validate_on_submit():
        try:
            meeting = plans.write_meeting(uow, form.plan(), request_id=form.request_id.data)
            return see_other(".edit", meeting_id=meeting.id, said="meetings.written")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("meetings/write.html", form)


@console.route("/<uuid:meeting_id>", methods=["GET", "POST"])
@requires(MeetingsPermission.PLAN)
def edit(meeting_id: UUID) -> Answer:
    """The plan of a meeting, and all that belongs to it."""
    uow = current_uow()
    meeting = meeting_here(meeting_id)
    form = EditMeetingForm(data=shown_plan(meeting), names=queries.settlements_here(uow))
    if form.validate_on_submit():
        version, note = form.expected_version.data, (form.note.data or "").strip()
        try:
            plans.edit_meeting(uow, meeting, form.plan(), note=note, expected_version=version)
            return see_other(".edit", meeting_id=meeting.id, said="meetings.saved")
        except MoveNeedsReason as refusal:
            form.note.errors = [str(refusal)]
        except DomainError as refusal:
            uow.session.refresh(meeting)  # what was refused is not half taken over
            refuse(form, refusal, meeting)
    return _desk(meeting, form)


def _desk(meeting: Meeting, form: EditMeetingForm) -> Answer:
    uow = current_uow()
    items, files = queries.items_of(uow, meeting.id), files_on(uow, KIND, meeting)
    by_point = port.materials_of(uow, meeting.id) if (port := council_records(meeting)) else 0
    checks = checklist_of(uow, meeting, items=len(items), files=len(files) + by_point)
    checks_form = ChecksForm(
        formdata=None, data={"checks": meeting.checks, "expected_version": meeting.version}
    )
    checks_form.offer([check.word for check in checks if check.is_ticked])
    about: dict[str, Any] = {"original": meeting, "meeting": meeting, "kind": KIND, "files": files}
    about |= {"items": items, "hours": hours_of(meeting, items), "checks": checks}
    about |= {"checks_form": checks_form, "terms": terms_after(meeting), "now": uow.now}
    about |= {"coming": counts_of(uow, meeting.id)}
    return filled("meetings/edit.html", form, **about, **words_of(queries.settlements_here(uow)))


@console.post("/<uuid:meeting_id>/checks")
@requires(MeetingsPermission.PLAN)
def tick(meeting_id: UUID) -> Answer:
    """The part of the check-list that people tick."""
    uow = current_uow()
    meeting = meeting_here(meeting_id)
    form = ChecksForm()
    form.offer([word for word in KINDS[meeting.kind].checks if word in TICKED])
    if not form.validate_on_submit():
        abort(422)
    version = form.expected_version.data
    plans.tick_checks(uow, meeting, form.checks.data or [], expected_version=version)
    return see_other(".edit", meeting_id=meeting_id, said="meetings.ticked", _anchor="checks")


@console.get("/<uuid:meeting_id>/preview")
@requires(MeetingsPermission.PLAN)
def preview(meeting_id: UUID) -> str:
    g.is_preview = True  # may be framed by our own page
    context = page_of(current_uow(), queries.meeting_of(current_uow(), meeting_id))
    return render_template("meetings/show.html", is_preview=True, mine=None, **context)


@console.get("/<uuid:meeting_id>/invitation")
@requires(MeetingsPermission.PLAN)
def invitation(meeting_id: UUID) -> str:
    """A letter to print for those who are invited by name: of the group `to`, else by hand."""
    uow, meeting = current_uow(), queries.meeting_of(current_uow(), meeting_id)
    to = request.args.get("to", type=UUID)
    group = invitation_of(uow, meeting, to) if to else None
    return render_template("meetings/invitation.html", group=group, **page_of(uow, meeting))


def meeting_here(meeting_id: UUID, *, or_deleted: bool = False) -> Meeting:
    """The meeting of the address; locked until the request ends, where something is sent."""
    is_post = request.method == "POST"
    wanted = {"to_change": is_post, "or_deleted": or_deleted}
    return queries.meeting_of(current_uow(), meeting_id, **wanted)


def refuse(form: FlaskForm, refusal: DomainError, meeting: Meeting) -> None:
    """Say why; who reads the page that comes back has seen the meeting as it is now."""
    form.form_errors.append(str(refusal))
    form.expected_version.data = meeting.version
