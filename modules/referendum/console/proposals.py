"""Staff pages of referenda: the queue, one proposal's desk, the lawyer, the protocol."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.referendum.forms.context import common_words, units_here
from obshto.modules.referendum.forms.desk import referendum_desk
from obshto.modules.referendum.forms.fields import (
    ReferendumForm,
    UpholdForm,
    proposers_here,
)
from obshto.modules.referendum.permissions import ReferendumPermission
from obshto.modules.referendum.services import proposals, queries
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

console = Blueprint("referendum_console", __name__)
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(ReferendumPermission.PROPOSE)
def index() -> str:
    uow, chosen = current_uow(), request.args.get("list", "open")
    chosen = chosen if chosen in (*queries.LISTS, "all") else "open"
    page = paginate(uow.session, queries.queue(uow, chosen), page_number())
    return render_template("referendum/console.html", page=page, chosen=chosen, **common_words(uow))


@console.route("/new", methods=["GET", "POST"])
@requires(ReferendumPermission.PROPOSE)
def new() -> Answer:
    """A proposal of councillors or the mayor, or one that a committee brought on paper."""
    uow, form = current_uow(), ReferendumForm()
    form.offer(proposers_here(is_staff=True), units_here(uow))
    if form.validate_on_submit():
        request_id = form.request_id.data
        proposal = proposals.write_proposal(uow, form.said(), request_id=request_id, by_staff=True)
        return see_other(".desk", proposal_id=proposal.id, said="referendum.drafted")
    words = {"layout": "console.html", "is_staff": True, "proposal": None}
    return filled("referendum/edit.html", form, **words, **common_words(uow))


DESK = referendum_desk(
    blueprint=console,
    prefix="",
    access=requires(ReferendumPermission.PROPOSE),
    rows_access=requires(ReferendumPermission.ENTER),
    find=queries.staff_proposal,
    layout="console.html",
    is_staff=True,
)


@console.route("/<uuid:proposal_id>/uphold", methods=["GET", "POST"])
@requires(ReferendumPermission.ADVISE)
def uphold(proposal_id: UUID) -> Answer:
    """A lawyer's „yes, still“, with the reason that everybody reads."""
    uow, proposal, form = current_uow(), DESK.open(proposal_id), UpholdForm()
    if form.validate_on_submit():
        why, version = form.why.data.strip(), form.expected_version.data
        try:
            proposals.uphold_question(uow, proposal, why, expected_version=version)
            return DESK.back(proposal, "saved")
        except DomainError as refusal:
            tell(form, refusal, proposal)
    show_version(form, proposal)
    checks = queries.checks_here(uow, proposal)
    return DESK.filled("referendum/uphold", form, proposal, checks=checks)
