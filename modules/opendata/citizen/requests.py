"""Requests for data and for public information: asking, following, reading the answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.opendata.forms import (
    InformationFollowForm,
    InformationForm,
    RequestWordsForm,
)
from obshto.modules.opendata.models import InformationRequest
from obshto.modules.opendata.services import request_actions, request_queries
from obshto.modules.opendata.services.request_states import (
    COLOURS,
    FORMS,
    INFORMATION,
    KINDS,
    LINES,
    OPEN,
    RUNNING,
    STATES,
    UNCLEAR,
)
from obshto.modules.opendata.services.request_submission import code_of, index_of, send_request
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import digits, grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.forms import seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

requests = Blueprint("requests", __name__, url_prefix="/requests")
WORDS: dict[str, Any] = {
    "kinds": KINDS,
    "states": STATES,
    "colours": COLOURS,
    "forms": FORMS,
    "told": LINES,
}


@requests.get("/")
@open_to_all
def index() -> str:
    words = request.args.get("q", "")[:200]
    answers = request_queries.public_answers(words)
    page = paginate(current_uow().session, answers, page_number())
    return render_template("opendata/requests.html", page=page, q=words, **WORDS)


@requests.get("/<uuid:case_id>")
@open_to_all
def show(case_id: UUID) -> str:
    """A public answer: the question in the words of staff, never who asked."""
    row = request_queries.public_answer(current_uow(), case_id)
    return render_template("opendata/answer.html", row=row, **WORDS)


@requests.route("/new", methods=["GET", "POST"])
@open_to_all
def ask() -> Response:
    uow, me = current_uow(), current_principal()
    kind = request.args.get("kind", "")
    form = InformationForm(data={"name": me.name, "kind": kind if kind in KINDS else INFORMATION})
    if form.validate_on_submit() and (me.is_known or form.passes()):
        try:
            row = send_request(uow, form.told(), request_id=form.request_id.data)
            ref = row.id if row.person_id else code_of(row.request_id)
            return see_other(".case", ref=ref, said="opendata.sent")
        except DomainError as refusal:
            (form.email if form.name.data else form.name).errors = [str(refusal)]
    return private_page("opendata/ask.html", form=form)


@requests.get("/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, request_queries.requests_of(me), page_number())
    return private_page("opendata/mine.html", page=page, **WORDS)


@requests.route("/follow", methods=["GET", "POST"])
@open_to_all
def follow() -> Response:
    uow, form = current_uow(), InformationFollowForm()
    if form.validate_on_submit() and form.passes():
        try:
            code = digits(form.code.data)
            request_queries.request_by_number(uow, form.number.data, code)
            return see_other(".case", ref=code)
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return private_page("opendata/follow.html", form=form)


@requests.route("/case/<ref>", methods=["GET", "POST"])
@open_to_all
def case(ref: str) -> Response:
    """The sender's own page; what staff asked is answered here."""
    uow, form = current_uow(), RequestWordsForm(label=gettext("Вашето уточнение"))
    row = request_queries.request_at(uow, ref, to_change=form.is_submitted())
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            request_actions.clarify_request(uow, row, form.said(), expected_version=version)
            return see_other(".case", ref=ref, said="opendata.clarified")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return private_page("opendata/case.html", form=form, **_own(ref, row))


@requests.route("/case/<ref>/withdraw", methods=["GET", "POST"])
@open_to_all
def withdraw(ref: str) -> Response:
    uow = current_uow()
    row = request_queries.request_at(uow, ref, to_change=request.method == "POST")
    if request.method == "POST":
        request_actions.withdraw_request(uow, row, expected_version=seen_here())
        return see_other(".case", ref=ref, said="opendata.withdrawn")
    return private_page("opendata/withdraw.html", ref=ref, row=row)


def _own(ref: str, row: InformationRequest) -> dict[str, Any]:
    uow, code = current_uow(), code_of(row.request_id)
    lines = request_queries.lines_of(uow, row)
    return {
        "ref": ref,
        "row": row,
        "code": grouped(code) if row.code_index == index_of(code) else "",
        "channel": CHANNELS[row.channel],
        "lines": [line for line in lines if not line.is_internal],
        "is_running": row.state in RUNNING,
        "is_unclear": row.state == UNCLEAR,
        "may_withdraw": row.state in OPEN,
        "is_late": bool(row.state in RUNNING and row.due_on and row.due_on < day_of(uow.now)),
        "law": request_actions.law_of_term() if row.kind == INFORMATION else "",
        **WORDS,
    }
