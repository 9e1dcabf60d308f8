"""The queue of the staff, and the page of a case."""

from __future__ import annotations

import re
from uuid import UUID

from flask import abort, render_template, request, url_for

from obshto.modules.eservices.console.blueprint import Answer, back_to, console
from obshto.modules.eservices.forms.acts import FindForm, LookForm, NoteForm
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import reading
from obshto.modules.eservices.services.answers import asked
from obshto.modules.eservices.services.attaching import papers_of
from obshto.modules.eservices.services.catalogue import service_of, services
from obshto.modules.eservices.services.channels import CHANNELS
from obshto.modules.eservices.services.clock import turns_of
from obshto.modules.eservices.services.codes import applicant_index, digits
from obshto.modules.eservices.services.complaining import complaints_of
from obshto.modules.eservices.services.dogs.reading import known_of
from obshto.modules.eservices.services.dogs.telling import STATES as DOG_STATES
from obshto.modules.eservices.services.extending import extensions_of
from obshto.modules.eservices.services.fees import fee_of
from obshto.modules.eservices.services.handing import waits_for_hand
from obshto.modules.eservices.services.looks import PURPOSES, look, opens
from obshto.modules.eservices.services.prices import LAW as FEE_LAW
from obshto.modules.eservices.services.states import IN_WORK, OPEN, STATES, procedure_of
from obshto.modules.eservices.services.telling import TITLES
from obshto.modules.eservices.services.terms import LAW, day_of
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_principal, current_work
from obshto.platform.web.moves import see_other
from obshto.platform.web.paging import page_number, paginate

_index = re.compile(r"[0-9a-f]{32}").fullmatch


@console.get("/")
@requires(ServicesPermission.HANDLE)
def index() -> str:
    work, today = current_work(), day_of(current_work().now)
    wanted, numbers = _wanted(), reading.counts(work, today=today)
    rows = reading.queue(work, wanted, today=today)
    total = numbers[wanted.list] if wanted.is_whole_list else None
    return render_template(
        "eservices/queue.html",
        page=paginate(work.session, rows, page_number(), total=total),
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
    if reading.is_entry_number(text):
        wanted["number"] = text
    elif text:
        wanted["person"] = applicant_index(digits(text)).hex()
    return see_other(".index", **{name: value for name, value in wanted.items() if value})


@console.get("/<uuid:case_id>")
@requires(ServicesPermission.HANDLE)
def case(case_id: UUID) -> str:
    """The case; to who did not say a purpose, only its number, service and term."""
    work = current_work()
    case = reading.case_of(work, case_id)
    if not opens(work, case):
        return render_template("eservices/closed.html", form=LookForm(), **_head(case))
    return render_template("eservices/desk.html", **_head(case), **_whole(case))


@console.post("/<uuid:case_id>/look")
@requires(ServicesPermission.HANDLE)
def open_case(case_id: UUID) -> Answer:
    work, form = current_work(), LookForm()
    case = reading.case_of(work, case_id)
    if form.validate_on_submit():
        look(work, case, form.purpose.data, request_id=form.request_id.data)
        return back_to(case_id, "eservices.opened")
    return render_template("eservices/closed.html", form=form, **_head(case)), 422


def _wanted() -> reading.Wanted:
    chosen = request.args.get("list", "new")
    if chosen not in reading.LISTS:
        abort(404)
    service = request.args.get("service", "")
    if service:
        service_of(service)
    number, person = (request.args.get(name, "") for name in ("number", "person"))
    if person and not _index(person):
        abort(404)
    return reading.Wanted(list=chosen, service=service, number=number, person=person)


def _head(case: Case) -> dict[str, object]:
    """What may be known of a case without a purpose."""
    today = day_of(current_work().now)
    return {
        "case": case,
        "service": service_of(case.service),
        "state": STATES[case.state],
        "channel": CHANNELS[case.channel],
        "is_open": case.state in OPEN,
        "is_mine": case.assignee_id == current_principal().person_id,
        "is_late": reading.is_late(case, today),
        "today": today,
        "term": reading.term_of(case),
    }


def _whole(case: Case) -> dict[str, object]:
    work = current_work()
    definition, answers = reading.definition_behind_case(case), case.read()
    steps = reading.steps_of(work, case, for_staff=True)
    return {
        "definition": definition,
        "answers": [(q, answers.get(q.id, "")) for q in asked(definition.questions, answers)],
        "procedure": procedure_of(case),
        "reach": reading.reach_of(case),
        "titles": TITLES,
        "fee": fee_of(work, case),
        "fee_law": FEE_LAW,
        "steps": steps,
        "cure": reading.cure_of(case, steps),
        "appeal": reading.appeal_of_silence(case),
        "turns": turns_of(steps),
        "law": LAW,
        "looks": reading.looks_at(work, case),
        "purposes": PURPOSES,
        "papers": papers_of(work, case),
        "file_url": lambda id: url_for(".file", paper_id=id),
        "document": reading.document_of(work, case),
        "dog": known_of(work, case),
        "dog_states": DOG_STATES,
        "complaints": complaints_of(work, case),
        "waits_for_hand": waits_for_hand(case),
        "may_extend": bool(extensions_of(case)) if case.state == IN_WORK else False,
        "may_oversee": current_principal().may(ServicesPermission.OVERSEE),
        "note_form": NoteForm(),
        "may_decide": current_principal().may(ServicesPermission.DECIDE),
    }
