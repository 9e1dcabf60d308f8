"""The queue of the staff, and the page of a case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask_babel import gettext, lazy_gettext
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, back_to, console, to_change
from obshto.modules.eservices.forms.acts import FindForm, LookForm, NoteForm, ServeForm
from obshto.modules.eservices.models import Case, IssuedDocument, Step
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import case_queries
from obshto.modules.eservices.services.access_log import (
    PURPOSES,
    look,
    look_at_own,
    opens,
    restricted,
)
from obshto.modules.eservices.services.approvals import approval_of
from obshto.modules.eservices.services.attachments import papers_of
from obshto.modules.eservices.services.case_actions import hand_over, take_case
from obshto.modules.eservices.services.catalogue import service_of, services
from obshto.modules.eservices.services.clock import turns_of
from obshto.modules.eservices.services.complaints import complaints_of
from obshto.modules.eservices.services.delivery import waits_for_hand
from obshto.modules.eservices.services.departments import expect_worker, own_of
from obshto.modules.eservices.services.destinations import names_of
from obshto.modules.eservices.services.dogs.event_text import STATES as DOG_STATES
from obshto.modules.eservices.services.dogs.queries import known_of
from obshto.modules.eservices.services.extensions import extensions_of
from obshto.modules.eservices.services.fees import fee_of
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.powers.queries import power_of
from obshto.modules.eservices.services.prices import LAW as FEE_LAW
from obshto.modules.eservices.services.queue_search import wanted_by
from obshto.modules.eservices.services.second_signature import proposal_of
from obshto.modules.eservices.services.states import IN_WORK, ISSUED, OPEN, STATES, procedure_of
from obshto.modules.eservices.services.step_text import TITLES
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.forms import BulkForm
from obshto.platform.cases.queue import act_on_each, chosen_rows, next_in
from obshto.platform.clock import day_of
from obshto.platform.legal.terms import LAW
from obshto.platform.questionnaires.answers import asked
from obshto.platform.web.access import requires
from obshto.platform.web.pagination import Page, page_number, paginate_counted
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.tenants.api import names_of_people, people_who_may

NOTHING_KNOWN = lazy_gettext(
    "Това не е входящ номер, ЕГН, ЛНЧ, ЕИК, телефон или име. Проверете цифрите."
)
NARROWING = ("service", "number", "person", "words", "services", "sort")
_index = re.compile(r"[0-9a-f]{32}").fullmatch


@console.get("/")
@requires(ServicesPermission.HANDLE)
def index() -> str:
    wanted = _wanted()
    return _listed(wanted, FindForm(data={"list": wanted.list}))


@console.post("/find")
@requires(ServicesPermission.HANDLE)
def find() -> Answer:
    """What was typed never stands in an address: names and numbers go on as keyed indexes."""
    form = FindForm()
    if form.validate_on_submit():
        text, service = (form.text.data or "").strip(), form.service.data
        found = wanted_by(current_uow(), text, today=day_of(current_uow().now)) if text else {}
        if found or not text:
            chosen = "all" if found else form.list.data
            asked = {"list": chosen, "service": service, **found}
            return see_other(".index", **{name: value for name, value in asked.items() if value})
        form.text.errors = [str(NOTHING_KNOWN)]
    return _listed(case_queries.Wanted(), form), 422


def _listed(wanted: case_queries.Wanted, form: FindForm, bulk: BulkForm | None = None) -> str:
    uow, today = current_uow(), day_of(current_uow().now)
    known = services(uow)
    rows = case_queries.queue_rows(uow, wanted, today=today)
    counts = case_queries.counts_of_lists(uow, wanted, today=today)
    page, numbers = paginate_counted(
        uow.session, rows, page_number(), counts=counts, total=wanted.total
    )
    cases = [case for case, *_ in page.rows]
    look_at_own(uow, cases)
    return render_template(
        "eservices/queue.html",
        page=page,
        people=_colleagues(wanted, page),
        receivers=names_of(uow, {case.goes_to for case in cases}),
        choices=own_of(uow, known.values()),
        channels=CHANNELS,
        bulk=bulk or BulkForm(),
        counts=numbers,
        wanted=wanted,
        form=form,
        kept=_kept(),
        services=known,
        states=STATES,
        today=today,
    )


def _colleagues(wanted: case_queries.Wanted, page: Page) -> dict[UUID, str]:
    """To whom what was ticked may be given; nobody where nothing can be."""
    if not page.rows or wanted.list in case_queries.ENDED:
        return {}
    *_, able = page.rows[0]
    return names_of_people(able or ())


def _kept() -> dict[str, str]:
    """What narrows and sorts the list, for its other addresses."""
    return {name: value for name in NARROWING if (value := request.args.get(name))}


@console.post("/bulk")
@requires(ServicesPermission.HANDLE)
def act_on_many() -> Answer:
    """Take what was ticked, or hand one's own of it over; each by itself, at most a page."""
    uow, chosen = current_uow(), chosen_rows(request.form.getlist("case"))
    people, form = people_who_may(uow, ServicesPermission.HANDLE), BulkForm()
    form.offer({str(key): name for key, name in people.items()})
    wanted = _wanted()
    if not form.validate_on_submit() or not chosen:
        return _none_chosen(wanted, form), 422
    to = UUID(form.to.data) if form.act.data == "hand" else None

    def act(case_id: UUID, version: int) -> None:
        found = to_change(case_id)
        if to:
            expect_worker(uow, to, found.service, found.goes_to)
            hand_over(uow, found, to=to, name=people[to], expected_version=version)
        else:
            take_case(uow, found, expected_version=version)

    result = act_on_each(uow, chosen, act)
    said = "eservices.some-refused" if result.refused else "eservices.many-done"
    return see_other(".index", said=said, list=wanted.list, **_kept())


def _none_chosen(wanted: case_queries.Wanted, form: BulkForm) -> str:
    form.form_errors = [gettext("Отметнете поне едно заявление. За предаване изберете колега.")]
    return _listed(wanted, FindForm(formdata=None, data={"list": wanted.list}), bulk=form)


@console.get("/<uuid:case_id>/next")
@requires(ServicesPermission.HANDLE)
def next_case(case_id: UUID) -> Response:
    """On to the case after this one in the list that it was opened from."""
    uow, wanted = current_uow(), _wanted()
    case_queries.expect_case(uow, case_id)
    rows = case_queries.queue(uow, wanted, today=day_of(uow.now))
    found = next_in(uow, rows, Case, case_id)
    if found is None:
        return see_other(".index", list=wanted.list, said="eservices.no-next")
    return see_other(".case", case_id=found, list=wanted.list, **_kept())


@console.get("/<uuid:case_id>")
@requires(ServicesPermission.HANDLE)
def case(case_id: UUID) -> str:
    """The case; to who did not say a purpose, only its number, service and term."""
    uow = current_uow()
    case = case_queries.case_of(uow, case_id)
    if not opens(uow, case):
        return _closed(case, LookForm())
    return render_template("eservices/desk.html", **_head(case), **_whole(case))


@console.post("/<uuid:case_id>/look")
@requires(ServicesPermission.HANDLE)
def open_case(case_id: UUID) -> Answer:
    uow, form = current_uow(), LookForm()
    case = case_queries.case_of(uow, case_id)
    if form.validate_on_submit():
        key, reason = form.request_id.data, form.typed_reason()
        look(uow, case, form.purpose.data, request_id=key, reason=reason)
        return back_to(case_id, "eservices.opened")
    return _closed(case, form), 422


def _closed(case: Case, form: LookForm) -> str:
    term = case_queries.term_unread(case)
    return render_template("eservices/closed.html", form=form, term=term, **_head(case))


def _wanted() -> case_queries.Wanted:
    chosen = request.args.get("list", "new")
    if chosen not in (*case_queries.LISTS, case_queries.ALL):
        abort(404)
    service = request.args.get("service", "")
    if service:
        service_of(current_uow(), service)
    number, person = (request.args.get(name, "") for name in ("number", "person"))
    words, keys = (_several(request.args.get(name, "")) for name in ("words", "services"))
    if not all(map(_index, (*words, *((person,) if person else ())))):
        abort(404)
    return case_queries.Wanted(
        list=chosen,
        service=service,
        number=number,
        person=person,
        words=words,
        services=keys,
        sort=request.args.get("sort", ""),
    )


def _several(joined: str) -> tuple[str, ...]:
    return tuple(filter(None, joined[:2000].split(".")))


def _head(case: Case) -> dict[str, object]:
    """What may be known of a case without a purpose."""
    today, opened_from = day_of(current_uow().now), urlencode(_opened_from(case))
    return {
        "case": case,
        "service": service_of(current_uow(), case.service),
        "state": STATES[case.state],
        "channel": CHANNELS[case.channel],
        "receiver": names_of(current_uow(), [case.goes_to]).get(case.goes_to, ""),
        "is_open": case.state in OPEN,
        "is_mine": case.assignee_id == current_principal().person_id,
        "is_late": case_queries.is_late(case, today),
        "list_url": f"{url_for('.index')}?{opened_from}",
        "next_url": f"{url_for('.next_case', case_id=case.id)}?{opened_from}",
        "today": today,
    }


def _opened_from(case: Case) -> dict[str, str]:
    """The list that the case was opened from, with what narrows it."""
    is_mine = case.assignee_id == current_principal().person_id
    return {"list": request.args.get("list", "mine" if is_mine else "new"), **_kept()}


def _serve_form(case: Case, steps: Sequence[Step]) -> ServeForm | None:
    """Only for who works on it, while what is asked was not served."""
    is_mine = case.assignee_id == current_principal().person_id
    waits = is_mine and case_queries.asked_on(case, steps)
    return ServeForm(data={"expected_version": case.version}) if waits else None


def _approval(case: Case) -> dict[str, object]:
    """Where the decision stands on its way through those who approve it."""
    found, me = approval_of(current_uow(), case), current_principal()
    may = me.may(ServicesPermission.APPROVE) and bool(found and me.person_id in found.people)
    return {
        "approval": found,
        "may_approve": may,
        "may_take_back": bool(found and found.proposal.by_id == me.person_id),
    }


def _whole(case: Case) -> dict[str, object]:
    uow = current_uow()
    definition, answers = definition_behind(case), case.read()
    steps = case_queries.steps_of(uow, case, for_staff=True)
    document, replaced = case_queries.documents_of(uow, case)
    return {
        **_approval(case),
        "definition": definition,
        "restricted": restricted(uow, case),
        "answers": [(q, answers.get(q.id, "")) for q in asked(definition.questions, answers)],
        "procedure": procedure_of(case),
        "term": case_queries.term_of(case),
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
        "document": document,
        "replaced": replaced,
        "has_correction": case.state == ISSUED and proposal_of(uow, case) is not None,
        "power": case.power_id and power_of(uow, case.power_id),
        "renews": case.renews_id and uow.session.get(IssuedDocument, case.renews_id),
        "dog": known_of(uow, case),
        "dog_states": DOG_STATES,
        "complaints": complaints_of(uow, case),
        "waits_for_hand": waits_for_hand(case),
        "may_extend": bool(extensions_of(case)) if case.state == IN_WORK else False,
        "may_check_powers": current_principal().may(ServicesPermission.POWERS),
        "may_oversee": current_principal().may(ServicesPermission.OVERSEE),
        "note_form": NoteForm(),
        "serve_form": _serve_form(case, steps),
        "may_decide": current_principal().may(ServicesPermission.DECIDE),
    }
