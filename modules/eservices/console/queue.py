"""The queue of the staff, and the page of a case."""

from __future__ import annotations

import re
from uuid import UUID

from flask import abort, render_template, request, url_for

from obshto.modules.eservices.console.blueprint import Answer, back_to, console
from obshto.modules.eservices.forms.acts import FindForm, LookForm, NoteForm
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import case_queries
from obshto.modules.eservices.services.access_log import PURPOSES, look, opens
from obshto.modules.eservices.services.answers import asked
from obshto.modules.eservices.services.attachments import papers_of
from obshto.modules.eservices.services.catalogue import service_of, services
from obshto.modules.eservices.services.channels import CHANNELS
from obshto.modules.eservices.services.clock import turns_of
from obshto.modules.eservices.services.codes import applicant_index, digits
from obshto.modules.eservices.services.complaints import complaints_of
from obshto.modules.eservices.services.delivery import waits_for_hand
from obshto.modules.eservices.services.dogs.event_text import STATES as DOG_STATES
from obshto.modules.eservices.services.dogs.queries import known_of
from obshto.modules.eservices.services.extensions import extensions_of
from obshto.modules.eservices.services.fees import fee_of
from obshto.modules.eservices.services.prices import LAW as FEE_LAW
from obshto.modules.eservices.services.states import IN_WORK, OPEN, STATES, procedure_of
from obshto.modules.eservices.services.step_text import TITLES
from obshto.modules.eservices.services.terms import LAW, day_of
from obshto.platform.web.access import requires
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

_index = re.compile(r"[0-9a-f]{32}").fullmatch


@console.get("/")
@requires(ServicesPermission.HANDLE)
def index() -> str:
    uow, today = current_uow(), day_of(current_uow().now)
    wanted, numbers = _wanted(), case_queries.counts(uow, today=today)
    rows = case_queries.queue(uow, wanted, today=today)
    total = numbers[wanted.list] if wanted.is_whole_list else None
    return render_template(
        "eservices/queue.html",
        page=paginate(uow.session, rows, page_number(), total=total),
        counts=numbers,
        wanted=wanted,
        form=FindForm(data={"list": wanted.list}),
        services=services(),
        online=[s for s in services().values() if s.definition],
        states=STATES,
        today=today,
    )


@console.post("/find")
@requires(ServicesPermission.HANDLE)
def find() -> Answer:
    """What was typed never stands in an address: a person's number goes on as its keyed index."""
    form = FindForm()
    if not form.validate_on_submit():
        abort(422)
    text = form.text.data.strip()
    wanted = {"list": form.list.data, "service": form.service.data}
    if case_queries.is_entry_number(text):
        wanted["number"] = text
    elif text:
        wanted["person"] = applicant_index(digits(text)).hex()
    return see_other(".index", **{name: value for name, value in wanted.items() if value})


@console.get("/<uuid:case_id>")
@requires(ServicesPermission.HANDLE)
def case(case_id: UUID) -> str:
    """The case; to who did not say a purpose, only its number, service and term."""
    uow = current_uow()
    case = case_queries.case_of(uow, case_id)
    if not opens(uow, case):
        return render_template("eservices/closed.html", form=LookForm(), **_head(case))
    return render_template("eservices/desk.html", **_head(case), **_whole(case))


@console.post("/<uuid:case_id>/look")
@requires(ServicesPermission.HANDLE)
def open_case(case_id: UUID) -> Answer:
    uow, form = current_uow(), LookForm()
    case = case_queries.case_of(uow, case_id)
    if form.validate_on_submit():
        look(uow, case, form.purpose.data, request_id=form.request_id.data)
        return back_to(case_id, "eservices.opened")
    return render_template("eservices/closed.html", form=form, **_head(case)), 422


def _wanted() -> case_queries.Wanted:
    chosen = request.args.get("list", "new")
    if chosen not in case_queries.LISTS:
        abort(404)
    service = request.args.get("service", "")
    if service:
        service_of(service)
    number, person = (request.args.get(name, "") for name in ("number", "person"))
    if person and not _index(person):
        abort(404)
    return case_queries.Wanted(list=chosen, service=service, number=number, person=person)


def _head(case: Case) -> dict[str, object]:
    """What may be known of a case without a purpose."""
    today = day_of(current_uow().now)
    return {
        "case": case,
        "service": service_of(case.service),
        "state": STATES[case.state],
        "channel": CHANNELS[case.channel],
        "is_open": case.state in OPEN,
        "is_mine": case.assignee_id == current_principal().person_id,
        "is_late": case_queries.is_late(case, today),
        "today": today,
        "term": case_queries.term_of(case),
    }


def _whole(case: Case) -> dict[str, object]:
    uow = current_uow()
    definition, answers = case_queries.definition_behind_case(case), case.read()
    steps = case_queries.steps_of(uow, case, for_staff=True)
    return {
        "definition": definition,
        "answers": [(q, answers.get(q.id, "")) for q in asked(definition.questions, answers)],
        "procedure": procedure_of(case),
        "reach": case_queries.reach_of(case),
        "titles": TITLES,
        "fee": fee_of(uow, case),
        "fee_law": FEE_LAW,
        "steps": steps,
        "cure": case_queries.cure_of(case, steps),
        "appeal": case_queries.appeal_of_silence(case),
        "turns": turns_of(steps),
        "law": LAW,
        "looks": case_queries.looks_at(uow, case),
        "purposes": PURPOSES,
        "papers": papers_of(uow, case),
        "file_url": lambda id: url_for(".file", paper_id=id),
        "document": case_queries.document_of(uow, case),
        "dog": known_of(uow, case),
        "dog_states": DOG_STATES,
        "complaints": complaints_of(uow, case),
        "waits_for_hand": waits_for_hand(case),
        "may_extend": bool(extensions_of(case)) if case.state == IN_WORK else False,
        "may_oversee": current_principal().may(ServicesPermission.OVERSEE),
        "note_form": NoteForm(),
        "may_decide": current_principal().may(ServicesPermission.DECIDE),
    }
