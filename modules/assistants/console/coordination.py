"""Pages of the coordinator: the queue, one request, planning, alarms, calls, numbers."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from obshto.modules.assistants.console.blueprint import Answer, console, words
from obshto.modules.assistants.console.statistics_table import head_of_table, table_rows
from obshto.modules.assistants.errors import AnotherMunicipality, StaleHelpRequest
from obshto.modules.assistants.forms import (
    AddressForm,
    AlarmForm,
    HelpEntryForm,
    VisitPlanForm,
)
from obshto.modules.assistants.models import HelpRequest
from obshto.modules.assistants.permissions import AssistantsPermission
from obshto.modules.assistants.services import access_log, queries, reminders, visit_plans
from obshto.modules.assistants.services.check_ins import clear_alarm
from obshto.modules.assistants.services.codes import code_of
from obshto.modules.assistants.services.duty import duty_phones
from obshto.modules.assistants.services.home_addresses import (
    is_alarmed,
    open_in_alarm,
    put_address,
)
from obshto.modules.assistants.services.kinds import LANGUAGES
from obshto.modules.assistants.services.places import (
    neighbour_here,
    places_to_choose,
    refuse_elsewhere,
)
from obshto.modules.assistants.services.states import OPEN
from obshto.modules.assistants.services.statistics import (
    numbers_of,
    numbers_of_each,
    quarter_of,
    quarters,
)
from obshto.modules.assistants.services.submission import send_request
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.formats import number, short_day
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

COORDINATE, OVERSEE = AssistantsPermission.COORDINATE, AssistantsPermission.OVERSEE


@console.get("/")
@requires(COORDINATE)
def index() -> str:
    uow, today = current_uow(), day_of(current_uow().now)
    chosen = request.args.get("list", "new")
    if chosen not in (*queries.LISTS, "all"):
        abort(404)
    narrow = {name: request.args.get(name, "")[:40] for name in ("settlement", "time", "number")}
    wanted = queries.WantedHelp(list="all" if narrow["number"] else chosen, **narrow)
    numbers = queries.counts(uow, wanted, today=today)
    rows = queries.queue(uow, wanted, today=today)
    return render_template(
        "assistants/queue.html",
        page=paginate(uow.session, rows, page_number(), total=numbers[wanted.list]),
        wanted=wanted,
        counts=numbers,
        today=today,
        alarmed=len(queries.alarms(uow)),
        kept={name: word for name, word in narrow.items() if word and name != "number"},
        **words(),
    )


@console.route("/enter", methods=["GET", "POST"])
@requires(COORDINATE)
def enter() -> Answer:
    """For somebody on the phone, in one form."""
    uow, form, neighbour = current_uow(), HelpEntryForm(), None
    form.offer(places_to_choose(uow))
    if form.validate_on_submit():
        try:
            refuse_elsewhere(uow, form.settlement.data)
            row = send_request(uow, form.told(), request_id=form.request_id.data)
            return see_other(".slip", case_id=row.id, said="assistants.entered")
        except AnotherMunicipality as refusal:
            form.settlement.errors = [str(refusal)]
            neighbour = neighbour_here(uow, form.settlement.data)
        except DomainError as refusal:
            tell(form, refusal)
    return filled("assistants/enter.html", form, neighbour=neighbour)


@console.get("/<uuid:case_id>/slip")
@requires(COORDINATE)
def slip(case_id: UUID) -> str:
    """Number and code, to be read out; only for who entered it."""
    row = queries.request_of(current_uow(), case_id)
    if row.entered_by_id != current_principal().person_id:
        abort(404)
    access_log.look_at_request(current_uow(), row)
    code = grouped(code_of(row.request_id))
    return render_template("assistants/slip.html", row=row, code=code)


@console.get("/<uuid:case_id>")
@requires(COORDINATE)
def case(case_id: UUID) -> str:
    uow = current_uow()
    row = queries.request_of(uow, case_id)
    access_log.look_at_request(uow, row)
    visits = queries.visits_of(uow, row)
    return render_template(
        "assistants/desk.html",
        row=row,
        restricted=access_log.restricted(uow, row),
        visits=visits,
        people=queries.names_of(uow, visits),
        problems=queries.problems_of_case(uow, row.id),
        lines=queries.lines_of(uow, row),
        channel=CHANNELS[row.channel],
        is_open=row.state in OPEN,
        today=day_of(uow.now),
        **words(),
    )


@console.route("/<uuid:case_id>/plan", methods=["GET", "POST"])
@requires(COORDINATE)
def plan(case_id: UUID) -> Answer:
    uow, form = current_uow(), VisitPlanForm()
    row = _to_change(case_id)
    access_log.look_at_request(uow, row)
    found = visit_plans.candidates(uow, row)
    form.offer({str(one.assistant.id): (one.assistant.name, _compared(one)) for one in found})
    if form.validate_on_submit():
        try:
            assistant = queries.assistant_of(uow, UUID(form.assistant.data), to_change=True)
            version, key = form.expected_version.data, form.request_id.data
            visit_plans.plan_visit(
                uow, row, assistant, form.plan(), request_id=key, expected_version=version
            )
            return see_other(".case", case_id=case_id, said="assistants.planned")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled("assistants/plan.html", form, row=row, is_empty=not found, **words())


@console.route("/<uuid:case_id>/address", methods=["GET", "POST"])
@requires(COORDINATE)
def address(case_id: UUID) -> Answer:
    """Written anew by what the person says; what stands there is not shown."""
    uow, form, row = current_uow(), AddressForm(), _to_change(case_id)
    access_log.look_at_request(uow, row)
    if form.validate_on_submit():
        if form.expected_version.data == row.version:
            put_address(uow, row, form.address.data.strip(), (form.directions.data or "").strip())
            return see_other(".case", case_id=case_id, said="assistants.address-written")
        tell(form, StaleHelpRequest(), row)
    show_version(form, row)
    return filled("assistants/address.html", form, row=row)


@console.post("/<uuid:case_id>/withdraw")
@requires(COORDINATE)
def withdraw(case_id: UUID) -> Response:
    """By a call of the person."""
    row = queries.request_of(current_uow(), case_id, to_change=True, is_bare=True)
    visit_plans.withdraw_request(current_uow(), row, expected_version=seen_here())
    return see_other(".case", case_id=case_id, said="assistants.withdrawn")


@console.post("/visits/<uuid:visit_id>/cancel")
@requires(COORDINATE)
def cancel(visit_id: UUID) -> Response:
    uow = current_uow()
    visit, row, _ = visit_plans.lock_visit(uow, visit_id)
    visit_plans.cancel_visit(uow, row, visit, expected_version=seen_here())
    return see_other(".case", case_id=row.id, said="assistants.cancelled")


@console.get("/alarms")
@requires(COORDINATE)
def alarms() -> str:
    uow = current_uow()
    shown = {"rows": queries.alarms(uow), "phones": duty_phones(uow)}
    return render_template("assistants/alarms.html", form=AlarmForm(), **shown, **words())


@console.post("/visits/<uuid:visit_id>/clear")
@requires(COORDINATE)
def clear(visit_id: UUID) -> Response:
    """The coordinator reached the visitor."""
    visit, row, _ = visit_plans.lock_visit(current_uow(), visit_id)
    clear_alarm(current_uow(), visit, row, expected_version=seen_here())
    return see_other(".alarms", said="assistants.cleared")


@console.post("/visits/<uuid:visit_id>/address")
@requires(COORDINATE)
def alarm_address(visit_id: UUID) -> str:
    """Where the visitor was going, while no word comes of them."""
    uow, form = current_uow(), AlarmForm()
    visit = queries.visit_of(uow, visit_id, is_bare=True)
    if not is_alarmed(visit):
        abort(404)
    if not form.validate_on_submit():
        abort(422)
    row = queries.request_of(uow, visit.case_id)
    found = open_in_alarm(uow, visit, row, request_id=form.request_id.data)
    return render_template("assistants/alarm_address.html", row=row, found=found, **words())


@console.get("/calls")
@requires(COORDINATE)
def calls() -> str:
    """Who is visited today and tomorrow and can only be told by phone."""
    uow = current_uow()
    today = day_of(uow.now)
    ends = queries.bounds_of(today + timedelta(days=1))[1]
    visits = queries.visits_between(uow, uow.now, ends)
    access_log.look_at_callers(uow, [row for _, row, _ in visits])
    rows = [(v, row, who) for v, row, who in visits if reminders.must_be_called(row)]
    return render_template("assistants/calls.html", rows=rows, **words())


@console.post("/visits/<uuid:visit_id>/called")
@requires(COORDINATE)
def called(visit_id: UUID) -> Response:
    visit, _, _ = visit_plans.lock_visit(current_uow(), visit_id)
    reminders.mark_called(current_uow(), visit, expected_version=seen_here())
    return see_other(".calls", said="assistants.called")


@console.get("/statistics")
@requires(OVERSEE)
def statistics() -> str:
    uow = current_uow()
    every = quarters(day_of(uow.now))
    asked = request.args.get("quarter", every[0].word)
    chosen = next((one for one in every if one.word == asked), None) or abort(404)
    numbers = numbers_of(uow, chosen)
    return render_template(
        "assistants/statistics.html", every=every, chosen=chosen, numbers=numbers, **words()
    )


@console.get("/statistics.csv")
@requires(OVERSEE)
def statistics_file() -> Response:
    """What may be told of each quarter, for funders."""
    uow, today = current_uow(), day_of(current_uow().now)
    told = list(numbers_of_each(uow, quarters(today)[:8]).items())[::-1]
    return csv_file(
        f"assistants-{quarter_of(today).word}.csv", head_of_table(), table_rows(uow, told)
    )


def _to_change(case_id: UUID) -> HelpRequest:
    """Locked until the request ends, where something is sent. Raises DataRestricted."""
    uow = current_uow()
    row = queries.request_of(uow, case_id, to_change=request.method == "POST")
    return access_log.usable(uow, row)


def _compared(one: visit_plans.Candidate) -> str:
    """„12 км, 3 посещения до седмица, български, румънски“, and when they are away."""
    load = ngettext("%(num)s посещение до седмица", "%(num)s посещения до седмица", one.load)
    speaks = ", ".join(str(LANGUAGES[word]) for word in one.assistant.languages)
    away = [
        gettext(
            "отпуск %(first)s – %(last)s", first=short_day(x.from_on), last=short_day(x.until_on)
        )
        for x in one.leave
    ]
    km = gettext("%(km)s км", km=number(round(one.km)))
    return ", ".join((km, load, speaks, *away))
