"""Pages of staffing: who visits people, when they are away, who leaves."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.assistants.console.blueprint import Answer, console, words
from obshto.modules.assistants.forms import (
    AssistantForm,
    ChangedAssistantForm,
    LeaveForm,
    NewAssistantForm,
)
from obshto.modules.assistants.permissions import AssistantsPermission
from obshto.modules.assistants.services import queries, staff_records, visit_plans
from obshto.modules.assistants.services.places import places_here
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.errors import FileRefused
from obshto.platform.storage.services import file_of
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import people_who_may

COORDINATE = AssistantsPermission.COORDINATE


@console.get("/staff")
@requires(COORDINATE)
def staff() -> str:
    """Who visits people, how much lies before each, who is away."""
    uow, today = current_uow(), day_of(current_uow().now)
    return render_template(
        "assistants/staff.html",
        people=queries.assistants(uow, all_of_them=True),
        load=queries.load_of(uow, today),
        leaves=queries.leaves_of(uow, today),
        **words(),
    )


@console.route("/staff/new", methods=["GET", "POST"])
@requires(COORDINATE)
@takes_files
def appoint_assistant() -> Answer:
    uow, form = current_uow(), NewAssistantForm()
    people = people_who_may(uow, AssistantsPermission.VISIT)  # asks elsewhere: before the lock
    form.offer(places_here(uow))
    form.offer_people(people)
    if form.validate_on_submit():
        person_id = UUID(form.person.data)
        entry = _entry(form, person_id, people[person_id])
        try:
            row = staff_records.write_assistant(
                uow, entry, request_id=form.request_id.data, photo=form.stream()
            )
            return see_other(".assistant", assistant_id=row.id, said="assistants.assistant-written")
        except FileRefused as refusal:
            form.photo.errors = [str(refusal)]
    return filled("assistants/assistant_new.html", form)


@console.route("/staff/<uuid:assistant_id>", methods=["GET", "POST"])
@requires(COORDINATE)
@takes_files
def assistant(assistant_id: UUID) -> Answer:
    uow = current_uow()
    row = queries.assistant_of(uow, assistant_id, to_change=request.method == "POST")
    form = ChangedAssistantForm(obj=row)
    form.offer(places_here(uow))
    if form.validate_on_submit() and row.person_id:
        entry = _entry(form, row.person_id, row.name)
        try:
            version, photo = form.expected_version.data, form.stream()
            staff_records.change_assistant(uow, row, entry, expected_version=version, photo=photo)
            return see_other(".assistant", assistant_id=row.id, said="assistants.assistant-written")
        except FileRefused as refusal:
            form.photo.errors = [str(refusal)]
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    leaves = queries.leaves_of(uow, day_of(uow.now)).get(row.id, ())
    return filled("assistants/assistant.html", form, row=row, leaves=leaves, **words())


@console.get("/staff/<uuid:assistant_id>/photo")
@requires(COORDINATE)
def face(assistant_id: UUID) -> Response:
    uow = current_uow()
    row = queries.assistant_of(uow, assistant_id)
    return send_file(uow, file_of(uow, row.photo_id or abort(404)))


@console.route("/staff/<uuid:assistant_id>/leave", methods=["GET", "POST"])
@requires(COORDINATE)
def leave(assistant_id: UUID) -> Answer:
    """Days away."""
    uow, form = current_uow(), LeaveForm()
    row = queries.assistant_of(uow, assistant_id, to_change=request.method == "POST")
    if form.validate_on_submit():
        try:
            first, last = form.first.data, form.last.data
            assert first and last
            staff_records.write_leave(uow, row, first, last, request_id=form.request_id.data)
            return see_other(".assistant", assistant_id=row.id, said="assistants.leave-written")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("assistants/leave.html", form, row=row)


@console.route("/staff/<uuid:assistant_id>/dismiss", methods=["GET", "POST"])
@requires(COORDINATE)
def dismiss(assistant_id: UUID) -> Answer:
    """Somebody visits people no more; said once again before their visits are called off."""
    uow = current_uow()
    if request.method == "POST":
        visit_plans.dismiss_assistant(uow, assistant_id, expected_version=seen_here())
        return see_other(".staff", said="assistants.dismissed")
    row = queries.assistant_of(uow, assistant_id)
    today = day_of(uow.now)
    number = visit_plans.upcoming(uow, row, today, today + visit_plans.FARTHEST)
    return render_template("assistants/dismiss.html", row=row, number=number)


def _entry(form: AssistantForm, person_id: UUID, name: str) -> staff_records.AssistantEntry:
    return staff_records.AssistantEntry(
        person_id=person_id,
        name=name,
        settlement=form.settlement.data,
        languages=tuple(form.languages.data),
    )
