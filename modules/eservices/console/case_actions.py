"""What staff do with a case before it is decided."""

from __future__ import annotations

from uuid import UUID

from flask import render_template
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import (
    Answer,
    answered,
    back_to,
    console,
    only_mine,
    to_change,
    usable,
)
from obshto.modules.eservices.errors import NotYours
from obshto.modules.eservices.forms.acts import (
    HandOverForm,
    NoteForm,
    ServeForm,
    WordsForm,
)
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import case_actions, case_queries
from obshto.modules.eservices.services.access_log import opens
from obshto.modules.eservices.services.departments import workers_on
from obshto.modules.eservices.services.states import procedure_of
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.legal.terms import term
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here, show_version, tell
from obshto.platform.web.request_uow import current_principal, current_uow


@console.post("/<uuid:case_id>/take")
@requires(ServicesPermission.HANDLE)
def take(case_id: UUID) -> Response:
    case_actions.take_case(current_uow(), to_change(case_id), expected_version=seen_here())
    return back_to(case_id, "eservices.taken")


@console.route("/<uuid:case_id>/hand-over", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
def hand_over(case_id: UUID) -> Answer:
    uow, form = current_uow(), HandOverForm()
    service, goes_to = case_queries.expect_case(uow, case_id)
    people = workers_on(uow, service, goes_to)  # asks elsewhere: before the lock
    case = to_change(case_id)
    form.offer({str(key): name for key, name in people.items() if key != _me()})
    if form.validate_on_submit():
        to, expected_version = UUID(form.to.data), form.expected_version.data
        try:
            case_actions.hand_over(
                uow, case, to=to, name=people[to], expected_version=expected_version
            )
            return back_to(case_id, "eservices.handed-over")
        except DomainError as refusal:
            tell(form, refusal, case)
    only_mine(case)
    show_version(form, case)
    page = render_template("eservices/hand_over.html", form=form, case=case)
    return answered(form, page)


@console.post("/<uuid:case_id>/note")
@requires(ServicesPermission.HANDLE)
def note(case_id: UUID) -> Answer:
    uow, form = current_uow(), NoteForm()
    case = usable(case_queries.case_of(uow, case_id))
    if not opens(uow, case):
        raise NotYours
    if form.validate_on_submit():
        case_actions.note(uow, case, form.words.data.strip(), request_id=form.request_id.data)
        return back_to(case_id, "eservices.noted")
    return render_template("eservices/note.html", form=form, case=case), 422


@console.route("/<uuid:case_id>/ask", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
def ask(case_id: UUID) -> Answer:
    uow, form, case = current_uow(), WordsForm(), to_change(case_id)
    if form.validate_on_submit():
        try:
            case_actions.ask_for_more(
                uow, case, form.words.data.strip(), expected_version=form.expected_version.data
            )
            return back_to(case_id, f"eservices.asked{_reached(case)}")
        except DomainError as refusal:
            tell(form, refusal, case)
    only_mine(case)
    show_version(form, case)
    cure = term(procedure_of(case)["cure"], starts_on=day_of(uow.now))
    page = render_template(
        "eservices/ask.html", form=form, case=case, cure=cure, reach=case_queries.reach_of(case)
    )
    return answered(form, page)


@console.post("/<uuid:case_id>/served")
@requires(ServicesPermission.HANDLE)
def serve(case_id: UUID) -> Answer:
    """The day on which what is asked reached the person outside the portal."""
    uow, form, case = current_uow(), ServeForm(), to_change(case_id)
    only_mine(case)
    form.asked_on = case_queries.asked_on(case, case_queries.steps_of(uow, case, for_staff=True))
    if form.asked_on is None:
        return back_to(case_id, "eservices.served")
    if form.validate_on_submit() and form.day.data:
        name = current_principal().name
        case_actions.serve_request(uow, case, on=form.day.data, by_name=name)
        return back_to(case_id, "eservices.served")
    return render_template("eservices/serve.html", form=form, case=case), 422


@console.post("/<uuid:case_id>/close")
@requires(ServicesPermission.DECIDE)
def close(case_id: UUID) -> Response:
    case_actions.close_unanswered(current_uow(), to_change(case_id), expected_version=seen_here())
    return back_to(case_id, "eservices.closed")


def _reached(case: Case) -> str:
    """The end of the notice: whether the portal had anybody to write to."""
    reach = case_queries.reach_of(case)
    return "" if reach is None or reach.get("email") else "-nobody"


def _me() -> UUID | None:
    return current_principal().person_id
