"""Staff pages of requests: the officer's queue, the counter, numbers for the mayor."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.personaldata.forms import (
    AnswerForm,
    CounterCopyForm,
    IdentifyForm,
    LimitForm,
    LinkForm,
    PrintForm,
    RequestEntryForm,
)
from obshto.modules.personaldata.models import DataRequest
from obshto.modules.personaldata.permissions import PersonalDataPermission
from obshto.modules.personaldata.services import (
    access_log,
    account_links,
    counter_copy,
    limits,
    queries,
    request_actions,
    timeline,
)
from obshto.modules.personaldata.services.codes import code_of
from obshto.modules.personaldata.services.counter_print import lines_to_print, open_for_person
from obshto.modules.personaldata.services.kinds import ACCOUNTS, BEHALF, IDENTIFIED, KINDS, LAW
from obshto.modules.personaldata.services.states import (
    COLOURS,
    IDENTITY,
    IN_WORK,
    LINES,
    OPEN,
    RECEIVED,
    STATES,
)
from obshto.modules.personaldata.services.submission import send_request
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.keys.decryption_log import uncounted
from obshto.platform.privacy.restrictions import (
    restriction_asked_by,
    restriction_by,
    restrictions_in_force,
)
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate, paginate_counted
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

console = Blueprint("personaldata_console", __name__)
Answer = str | tuple[str, int] | Response
HANDLE, ENTER = PersonalDataPermission.HANDLE, PersonalDataPermission.ENTER
WORDS: dict[str, Any] = {
    "kinds": KINDS,
    "states": STATES,
    "colours": COLOURS,
    "told": LINES,
    "behalf": BEHALF,
    "identified": IDENTIFIED,
    "regulation": LAW,
}


@console.get("/")
@requires(HANDLE)
def index() -> str:
    uow, today = current_uow(), day_of(current_uow().now)
    chosen = request.args.get("list", "new")
    if chosen not in (*queries.LISTS, "all"):
        abort(404)
    narrow = {name: request.args.get(name, "")[:40] for name in ("kind", "number")}
    wanted = queries.Wanted(list="all" if narrow["number"] else chosen, **narrow)
    rows = queries.queue(uow, wanted, today=today)
    counts = queries.counts(uow, wanted, today=today)
    page, numbers = paginate_counted(
        uow.session, rows, page_number(), counts=counts, total=wanted.list
    )
    kept = {"kind": narrow["kind"]} if narrow["kind"] else {}
    shown = {"page": page, "wanted": wanted, "counts": numbers, "today": today, "kept": kept}
    return render_template("personaldata/queue.html", **shown, **WORDS)


@console.get("/numbers")
@requires(PersonalDataPermission.OVERSEE)
def numbers() -> str:
    """How many requests there are, for the mayor: no name, no number of a case."""
    uow = current_uow()
    rows = queries.numbers_by_kind(uow, today=day_of(uow.now))
    return render_template("personaldata/numbers.html", rows=rows, **WORDS)


@console.route("/enter", methods=["GET", "POST"])
@requires(ENTER)
def enter() -> Answer:
    """For somebody at the counter, or off a paper that came by post."""
    uow, form = current_uow(), RequestEntryForm()
    if form.validate_on_submit():
        try:
            row = send_request(uow, form.entered(), request_id=form.request_id.data)
            return _entered(row, form.request_id.data)
        except DomainError as refusal:
            tell(form, refusal)
    return filled("personaldata/enter.html", form)


def _entered(row: DataRequest, request_id: UUID) -> Response:
    is_first = row.request_id == request_id
    if not is_first and row.entered_by_id != current_principal().person_id:
        return see_other(".enter", said="personaldata.entered-before")
    said = "personaldata.entered" if is_first else "personaldata.same"
    return see_other(".slip", case_id=row.id, said=said)


@console.get("/<uuid:case_id>/slip")
@requires(ENTER)
def slip(case_id: UUID) -> str:
    """Number and code, to be read out or printed for the person; only for who entered it."""
    with uncounted():  # what this very clerk has typed
        row = queries.request_of(current_uow(), case_id)
    if row.entered_by_id != current_principal().person_id:
        abort(404)
    code = grouped(code_of(row.request_id))
    may_handle = current_principal().may(HANDLE)
    return render_template("personaldata/slip.html", row=row, code=code, may_handle=may_handle)


@console.route("/print", methods=["GET", "POST"])
@requires(ENTER)
def ask_print() -> Answer:
    """Whose looks are printed at the counter."""
    uow, form = current_uow(), PrintForm()
    if form.validate_on_submit():
        subject, request_id = form.subject(), form.request_id.data
        look_id = open_for_person(uow, subject, request_id=request_id)
        return see_other(".printed", ref=look_id)
    return filled("personaldata/print.html", form)


@console.get("/print/<ref>")
@requires(ENTER)
def printed(ref: str) -> str:
    """The paper, for half an hour and for who opened it."""
    uow = current_uow()
    lines = timeline.told(uow, lines_to_print(uow, ref))
    return render_template("personaldata/printed.html", lines=lines, now=uow.now)


@console.route("/print-copy", methods=["GET", "POST"])
@requires(ENTER)
def ask_copy() -> Answer:
    """Whose copy is printed at the counter."""
    uow, form = current_uow(), CounterCopyForm()
    if form.validate_on_submit():
        name, email, key = form.name.data, form.email.data, form.request_id.data
        try:
            look_id = counter_copy.open_copy(uow, name=name, email=email, request_id=key)
            return see_other(".printed_copy", look_id=look_id)
        except DomainError as refusal:
            tell(form, refusal)
    return filled("personaldata/print_copy.html", form)


@console.get("/print-copy/<uuid:look_id>")
@requires(ENTER)
def printed_copy(look_id: UUID) -> str:
    """The paper, for half an hour and for who opened it."""
    uow = current_uow()
    person, sections = counter_copy.copy_to_print(uow, look_id)
    shown = {"person": person, "sections": sections, "now": uow.now}
    return render_template("personaldata/printed_copy.html", **shown)


@console.get("/<uuid:case_id>")
@requires(HANDLE)
def case(case_id: UUID) -> str:
    """One request; who opens it looks by that alone, and the person reads so."""
    row = queries.request_of(current_uow(), case_id)
    access_log.look_at_request(current_uow(), row)
    return render_template("personaldata/desk.html", **_whole(row), **WORDS)


@console.post("/<uuid:case_id>/take")
@requires(HANDLE)
def take(case_id: UUID) -> Response:
    row = _to_change(case_id)
    request_actions.take_request(current_uow(), row, expected_version=seen_here())
    return _back_to(case_id, "personaldata.taken")


@console.post("/<uuid:case_id>/assemble")
@requires(HANDLE)
def assemble(case_id: UUID) -> Response:
    row = _to_change(case_id)
    request_actions.ask_for_copy(current_uow(), row, expected_version=seen_here())
    return _back_to(case_id, "personaldata.assembling")


@console.route("/<uuid:case_id>/identify", methods=["GET", "POST"])
@requires(HANDLE)
def identify(case_id: UUID) -> Answer:
    uow, row, form = current_uow(), _to_change(case_id), IdentifyForm()
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            request_actions.identify_person(uow, row, form.how.data, expected_version=version)
            return _back_to(case_id, "personaldata.identified")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled("personaldata/identify.html", form, row=row, **WORDS)


@console.route("/<uuid:case_id>/ask", methods=["GET", "POST"])
@requires(HANDLE)
def ask(case_id: UUID) -> Answer:
    form = AnswerForm(label=gettext("Как да докаже кой е?"))
    act = request_actions.ask_identity
    return _words_page(case_id, form, "personaldata/ask.html", act, "personaldata.asked")


@console.route("/<uuid:case_id>/extend", methods=["GET", "POST"])
@requires(HANDLE)
def extend(case_id: UUID) -> Answer:
    form, act = (
        AnswerForm(label=gettext("Защо са нужни още два месеца?")),
        request_actions.extend_term,
    )
    return _words_page(case_id, form, "personaldata/extend.html", act, "personaldata.extended")


@console.route("/<uuid:case_id>/answer", methods=["GET", "POST"])
@requires(HANDLE)
def answer(case_id: UUID) -> Answer:
    row = queries.request_of(current_uow(), case_id)
    if row.kind == limits.LIMITATION:
        return _limit(case_id, row)
    if row.kind == ACCOUNTS:
        return _link(case_id)
    form, act = AnswerForm(label=gettext("Отговорът")), request_actions.answer_request
    return _words_page(case_id, form, "personaldata/answer.html", act, "personaldata.answered")


def _limit(case_id: UUID, row: DataRequest) -> Answer:
    """The answer that accepts a limit binds acts of staff at once."""
    known = {} if row.behalf else {"email": row.email, "phone": row.phone}
    form = LimitForm(label=gettext("Отговорът"), data=known)

    def accept(uow: UnitOfWork, row: DataRequest, words: str, *, expected_version: int) -> None:
        subject = form.subject()
        limits.accept_limit(uow, row, words, subject, expected_version=expected_version)

    return _words_page(case_id, form, "personaldata/limit.html", accept, "personaldata.limited")


def _link(case_id: UUID) -> Answer:
    """The answer that asks the other account whether it is the same person's."""
    form = LinkForm(label=gettext("Отговорът"))

    def propose(uow: UnitOfWork, row: DataRequest, words: str, *, expected_version: int) -> None:
        email = form.email.data or ""
        account_links.propose_link(uow, row, words, email, expected_version=expected_version)

    return _words_page(case_id, form, "personaldata/link.html", propose, "personaldata.proposed")


@console.get("/limits")
@requires(HANDLE)
def limit_list() -> str:
    """What staff may not use now: numbers and days, no name; and where it binds."""
    uow = current_uow()
    page = paginate(uow.session, restrictions_in_force(uow), page_number())
    return render_template("personaldata/limits.html", page=page, reach=limits.reach_here(uow))


@console.route("/<uuid:case_id>/lift", methods=["GET", "POST"])
@requires(HANDLE)
def lift(case_id: UUID) -> Answer:
    uow, row = current_uow(), _to_change(case_id)
    form, limit = (
        AnswerForm(label=gettext("Защо вдигате ограничението?")),
        restriction_by(uow, case_id),
    )
    if form.validate_on_submit():
        try:
            limits.lift_limit(uow, row, form.said(), expected_version=form.expected_version.data)
            return _back_to(case_id, "personaldata.lifted")
        except DomainError as refusal:
            tell(form, refusal, limit)
    show_version(form, limit)
    return filled("personaldata/lift.html", form, row=row, **WORDS)


@console.route("/<uuid:case_id>/refuse", methods=["GET", "POST"])
@requires(HANDLE)
def refuse(case_id: UUID) -> Answer:
    form = AnswerForm(label=gettext("Защо отказвате и по кой закон?"))
    act = request_actions.refuse_request
    return _words_page(case_id, form, "personaldata/refuse.html", act, "personaldata.refused")


@console.get("/<uuid:case_id>/letter")
@requires(HANDLE)
def letter(case_id: UUID) -> str:
    """The answer as a letter, for the post and the counter."""
    uow = current_uow()
    row = queries.request_of(uow, case_id)
    if row.answer is None:
        abort(404)
    access_log.look_at_request(uow, row)
    return render_template("personaldata/desk_letter.html", row=row, **WORDS)


def _whole(row: DataRequest) -> dict[str, Any]:
    """All that the page of a request shows."""
    uow = current_uow()
    asked, today = access_log.look_asked_about(uow, row), day_of(uow.now)
    return {
        "row": row,
        "lines": queries.lines_of(uow, row),
        "channel": CHANNELS[row.channel],
        "is_open": row.state in OPEN,
        "is_new": row.state == RECEIVED,
        "in_work": row.state in (IN_WORK, IDENTITY),
        "is_mine": row.assignee_id == current_principal().person_id,
        "is_late": bool(row.state in OPEN and row.due_on and row.due_on < today),
        "proves": KINDS[row.kind].proves,
        "asked": asked,
        "asked_line": timeline.told(uow, [asked])[0] if asked else None,
        "has_copy": queries.has_copy(uow, row),
        "limit": restriction_asked_by(uow, row.id) if row.kind == limits.LIMITATION else None,
        "now": uow.now,
    }


def _words_page(case_id: UUID, form: AnswerForm, template: str, act: Any, said: str) -> Answer:
    uow, row = current_uow(), _to_change(case_id)
    if form.validate_on_submit():
        try:
            act(uow, row, form.said(), expected_version=form.expected_version.data)
            return _back_to(case_id, said)
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled(template, form, row=row, **WORDS)


def _to_change(case_id: UUID) -> DataRequest:
    """Locked until the request ends, where something is sent; opened in a recorded sitting."""
    uow = current_uow()
    row = queries.request_of(uow, case_id, to_change=request.method == "POST")
    access_log.look_at_request(uow, row)
    return row


def _back_to(case_id: UUID, said: str) -> Response:
    return see_other(".case", case_id=case_id, said=said)
