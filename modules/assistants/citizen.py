"""Public pages of assistants: asking for one, following the request, who comes."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.assistants.errors import AnotherMunicipality
from obshto.modules.assistants.forms import HelpFollowForm, HelpForm
from obshto.modules.assistants.models import HelpRequest
from obshto.modules.assistants.services import queries
from obshto.modules.assistants.services.codes import code_of, index_of
from obshto.modules.assistants.services.kinds import HALVES, LESSONS, SUBJECTS
from obshto.modules.assistants.services.places import (
    neighbour_here,
    places_here,
    places_to_choose,
    refuse_elsewhere,
)
from obshto.modules.assistants.services.states import (
    COLOURS,
    OPEN,
    RUNNING,
    STATES,
    VISIT_COLOURS,
    VISIT_STATES,
    WAYS,
)
from obshto.modules.assistants.services.submission import send_request
from obshto.modules.assistants.services.visit_plans import withdraw_request
from obshto.platform.cases.codes import digits, grouped
from obshto.platform.errors import DomainError
from obshto.platform.modularity.delegation import Mandates
from obshto.platform.modularity.ports import port_here
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.services import file_of
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.forms import seen_here, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

citizen = Blueprint("assistants_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    port = port_here(Mandates)
    mandates = port.path() if port else ""
    return render_template("assistants/index.html", subjects=SUBJECTS, mandates=mandates)


@citizen.route("/new", methods=["GET", "POST"])
@open_to_all
def ask() -> Response:
    uow, form, neighbour = current_uow(), HelpForm(), None
    form.offer(places_to_choose(uow))
    if not form.is_submitted() and request.args.get("settlement") in places_here(uow):
        form.settlement.data = request.args["settlement"]
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        try:
            refuse_elsewhere(uow, form.settlement.data)
            row = send_request(uow, form.told(), request_id=form.request_id.data)
            return see_other(".case", ref=_ref(row), said="assistants.sent")
        except AnotherMunicipality as refusal:
            form.settlement.errors = [str(refusal)]
            neighbour = neighbour_here(uow, form.settlement.data)
        except DomainError as refusal:
            tell(form, refusal)
    return private_page("assistants/ask.html", form=form, neighbour=neighbour)


@citizen.get("/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    rows = queries.requests_of(me).options(*queries.UNSHOWN)
    page = paginate(uow.session, rows, page_number())
    return private_page("assistants/mine.html", page=page, **_words())


@citizen.route("/follow", methods=["GET", "POST"])
@open_to_all
def follow() -> Response:
    uow, form = current_uow(), HelpFollowForm()
    if form.validate_on_submit() and form.passes():
        try:
            code = digits(form.code.data)
            queries.request_by_number(uow, form.number.data, code)
            return see_other(".case", ref=code)
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return private_page("assistants/follow.html", form=form)


@citizen.get("/case/<ref>")
@open_to_all
def case(ref: str) -> Response:
    """Who comes and when. Where they come to, the person knows: no page says it."""
    uow = current_uow()
    row = queries.request_at(uow, ref)
    visits = queries.visits_of(uow, row)
    code = code_of(row.request_id)
    return private_page(
        "assistants/case.html",
        ref=ref,
        row=row,
        visits=visits,
        people=queries.names_of(uow, visits),
        code=grouped(code) if row.code_index == index_of(code) else "",
        is_open=row.state in OPEN,
        problems=queries.problems_of_case(uow, row.id),
        lines=[line for line in queries.lines_of(uow, row) if line.name in WAYS],
        **_words(),
    )


@citizen.get("/case/<ref>/photo")
@open_to_all
def photo(ref: str) -> Response:
    """The face of who comes next; not there when nobody does."""
    g.is_personal = True
    uow = current_uow()
    visits = [v for v in queries.visits_of(uow, queries.request_at(uow, ref)) if v.state in RUNNING]
    people = queries.names_of(uow, visits[-1:])
    face = next((one.photo_id for one in people.values() if one.photo_id), None) or abort(404)
    return send_file(uow, file_of(uow, face))


@citizen.route("/case/<ref>/withdraw", methods=["GET", "POST"])
@open_to_all
def withdraw(ref: str) -> Response:
    """Nobody shall come."""
    uow = current_uow()
    row = queries.request_at(uow, ref, to_change=request.method == "POST")
    if request.method == "POST":
        withdraw_request(uow, row, expected_version=seen_here())
        return see_other(".case", ref=ref, said="assistants.withdrawn")
    return private_page("assistants/withdraw.html", ref=ref, row=row)


def _ref(row: HelpRequest) -> str:
    """Its place in the account, or its code."""
    return str(row.id) if row.person_id else code_of(row.request_id)


def _words() -> dict[str, Any]:
    return {
        "subjects": SUBJECTS,
        "lessons": LESSONS,
        "halves": HALVES,
        "states": STATES,
        "colours": COLOURS,
        "visit_states": VISIT_STATES,
        "visit_colours": VISIT_COLOURS,
        "ways": WAYS,
        "running": RUNNING,
    }
