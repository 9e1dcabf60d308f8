"""Staff pages of requests: the queue, one request, what is done with it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.opendata.forms import (
    AccessOutcomeForm,
    InformationEntryForm,
    LongerForm,
    RequestWordsForm,
)
from obshto.modules.opendata.models import InformationRequest
from obshto.modules.opendata.permissions import OpendataPermission
from obshto.modules.opendata.services import request_actions, request_queries
from obshto.modules.opendata.services.request_states import (
    COLOURS,
    FORMS,
    IN_WORK,
    INFORMATION,
    KINDS,
    LINES,
    OPEN,
    OUTCOMES,
    RUNNING,
    STATES,
    UNCLEAR,
)
from obshto.modules.opendata.services.request_submission import code_of, send_request
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate_counted
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

requests = Blueprint("requests", __name__, url_prefix="/requests")
Answer = str | tuple[str, int] | Response
HANDLE = OpendataPermission.ANSWER
WORDS: dict[str, Any] = {
    "kinds": KINDS,
    "states": STATES,
    "colours": COLOURS,
    "forms": FORMS,
    "told": LINES,
}


@requests.get("/")
@requires(HANDLE)
def index() -> str:
    uow, today = current_uow(), day_of(current_uow().now)
    chosen, number = request.args.get("list", "new"), request.args.get("number", "")[:40]
    if chosen not in request_queries.LISTS:
        abort(404)
    rows = request_queries.queue(uow, "all" if number else chosen, number, today=today)
    numbers = request_queries.counts(uow, number, today=today)
    total = request_queries.FOUND if number else chosen
    page, counts = paginate_counted(uow.session, rows, page_number(), counts=numbers, total=total)
    shown = {"page": page, "chosen": chosen, "number": number, "counts": counts, "today": today}
    return render_template("opendata/queue.html", **shown, **WORDS)


@requests.route("/enter", methods=["GET", "POST"])
@requires(HANDLE)
def enter() -> Answer:
    """For somebody at the counter, on the phone, or off a paper."""
    uow, form = current_uow(), InformationEntryForm()
    if form.validate_on_submit():
        told = form.told(channel=form.channel.data)
        try:
            row = send_request(uow, told, request_id=form.request_id.data)
            return see_other(".slip", case_id=row.id, said="opendata.entered")
        except DomainError as refusal:
            (form.email if form.name.data else form.name).errors = [str(refusal)]
    return filled("opendata/enter.html", form)


@requests.get("/<uuid:case_id>/slip")
@requires(HANDLE)
def slip(case_id: UUID) -> str:
    """Number and code, to be read out or printed for the person; only for who entered it."""
    row = request_queries.closed_request(current_uow(), case_id)
    if row.entered_by_id != current_principal().person_id:
        abort(404)
    code = grouped(code_of(row.request_id))
    return render_template("opendata/slip.html", row=row, code=code)


@requests.get("/<uuid:case_id>")
@requires(HANDLE)
def case(case_id: UUID) -> str:
    uow = current_uow()
    row = request_queries.request_of(uow, case_id)
    request_queries.look_at_request(uow, row)
    is_mine, today = row.assignee_id == current_principal().person_id, day_of(uow.now)
    return render_template(
        "opendata/desk.html",
        row=row,
        restricted=request_queries.restricted(uow, row),
        lines=request_queries.lines_of(uow, row),
        channel=CHANNELS[row.channel],
        is_mine=is_mine,
        may_take=row.state in OPEN and not (is_mine and row.state != "received"),
        in_work=is_mine and row.state == IN_WORK,
        is_unclear=row.state == UNCLEAR,
        is_unreached=not (row.person_id or row.email),
        is_late=bool(row.state in RUNNING and row.due_on and row.due_on < today),
        law=request_actions.law_of_term() if row.kind == INFORMATION else "",
        **WORDS,
    )


@requests.post("/<uuid:case_id>/take")
@requires(HANDLE)
def take(case_id: UUID) -> Response:
    uow = current_uow()
    row = request_queries.usable(uow, request_queries.closed_request(uow, case_id, to_change=True))
    request_actions.take_request(uow, row, expected_version=seen_here())
    return see_other(".case", case_id=case_id, said="opendata.taken")


@requests.route("/<uuid:case_id>/unclear", methods=["GET", "POST"])
@requires(HANDLE)
def unclear(case_id: UUID) -> Answer:
    form, title = (
        RequestWordsForm(label=gettext("Какво не е ясно?")),
        gettext("Поискайте уточнение"),
    )

    def act(row: InformationRequest, version: int) -> None:
        request_actions.ask_sender(current_uow(), row, form.said(), expected_version=version)

    return _acted(case_id, form, act, title, "opendata.asked")


@requests.route("/<uuid:case_id>/clarified", methods=["GET", "POST"])
@requires(HANDLE)
def clarify(case_id: UUID) -> Answer:
    """For who says it at the counter, on the phone or by post."""
    form, title = (
        RequestWordsForm(label=gettext("Какво уточни човекът?")),
        gettext("Запишете уточнението"),
    )

    def act(row: InformationRequest, version: int) -> None:
        request_actions.clarify_request(current_uow(), row, form.said(), expected_version=version)

    return _acted(case_id, form, act, title, "opendata.clarified")


@requests.route("/<uuid:case_id>/longer", methods=["GET", "POST"])
@requires(HANDLE)
def longer(case_id: UUID) -> Answer:
    form, title = LongerForm(label=gettext("Мотиви")), gettext("Удължете срока")

    def act(row: InformationRequest, version: int) -> None:
        rule, why = form.rule.data, form.said()
        request_actions.extend_term(current_uow(), row, rule, why, expected_version=version)

    return _acted(case_id, form, act, title, "opendata.longer")


@requests.route("/<uuid:case_id>/answered", methods=["GET", "POST"])
@requires(HANDLE)
def give(case_id: UUID) -> Answer:
    title = gettext("Дайте информацията")
    return _decided(case_id, "answered", title, label=gettext("Отговорът"))


@requests.route("/<uuid:case_id>/refused", methods=["GET", "POST"])
@requires(HANDLE)
def refuse(case_id: UUID) -> Answer:
    title = gettext("Откажете с мотив")
    return _decided(case_id, "refused", title, label=gettext("Защо отказвате и по кой член?"))


@requests.route("/<uuid:case_id>/forwarded", methods=["GET", "POST"])
@requires(HANDLE)
def forward(case_id: UUID) -> Answer:
    title = gettext("Препратете искането")
    return _decided(case_id, "forwarded", title, label=gettext("На кого и защо"))


def _decided(case_id: UUID, outcome: str, title: str, *, label: str) -> Answer:
    form = AccessOutcomeForm(label=label)

    def act(row: InformationRequest, version: int) -> None:
        said, way = form.outcome(), OUTCOMES[outcome]
        request_actions.decide_request(current_uow(), row, way, said, expected_version=version)

    return _acted(case_id, form, act, title, f"opendata.{outcome}")


def _acted(case_id: UUID, form: RequestWordsForm, act: Any, title: str, said: str) -> Answer:
    """One form about a request, opened in a recorded sitting."""
    uow = current_uow()
    row = request_queries.request_of(uow, case_id, to_change=request.method == "POST")
    request_queries.usable(uow, row)
    request_queries.look_at_request(uow, row)
    if form.validate_on_submit():
        try:
            act(row, form.expected_version.data)
            return see_other(".case", case_id=case_id, said=said)
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled("opendata/act.html", form, row=row, title=title, **WORDS)
