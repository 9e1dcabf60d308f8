"""Public pages of referenda, and those of a committee."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from obshto.modules.referendum.forms.context import common_words, page_words, units_here
from obshto.modules.referendum.forms.desk import referendum_desk
from obshto.modules.referendum.forms.fields import (
    ReferendumForm,
    proposers_here,
)
from obshto.modules.referendum.services import petition, proposals, queries
from obshto.modules.referendum.services.adoption import adoption_of
from obshto.modules.referendum.services.called_port import results_path
from obshto.modules.referendum.services.committee import COMMITTEE
from obshto.modules.referendum.services.information_sheet import how_to_mark
from obshto.modules.referendum.services.question_rules import DECIDERS
from obshto.modules.referendum.services.states import PROPOSERS
from obshto.platform.clock import next_midnight
from obshto.platform.db.batches import batches_of
from obshto.platform.errors import DomainError
from obshto.platform.petitions.forms import JoinForm
from obshto.platform.thread.lines import line_of
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.formats import day
from obshto.platform.web.forms import filled
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.validity import keep_until

citizen = Blueprint("referendum_citizen", __name__)
Answer = str | tuple[str, int] | Response
HEAD = (_("Номер"), _("Кой предлага"), _("Къде"), _("Въпрос"), _("Състояние"), _("Гласуване"))
COUNTED = timedelta(minutes=10)  # rows entered or checked meanwhile show after that
LONGEST_TRIED = 2_500  # letters of a question that is only tried


@citizen.get("/")
@open_to_all
def index() -> str:
    uow, chosen = current_uow(), request.args.get("list", "")
    chosen = chosen if chosen in queries.LISTS else ""
    page = paginate(uow.session, queries.public_list(chosen), page_number())
    return render_template("referendum/index.html", page=page, chosen=chosen, **common_words(uow))


@citizen.get("/register.csv")
@open_to_all
def register() -> Response:
    """The public register as a table, all of it (чл. 27, ал. 5)."""
    uow = current_uow()
    words = common_words(uow)
    lines = (
        (
            row.number,
            str(PROPOSERS[row.proposer]),
            words["units"].get(row.unit) or gettext("цялата община"),
            row.question,
            str(words["states"][row.state]),
            day(row.vote_on) if row.vote_on else "",
        )
        for some in batches_of(uow.session, queries.public())
        for row in some
    )
    return csv_file("registar-referendumi.csv", HEAD, lines)


@citizen.get("/<uuid:proposal_id>")
@open_to_all
def show(proposal_id: UUID) -> str:
    uow = current_uow()
    proposal = queries.public_proposal(uow, proposal_id)
    keep_until(next_midnight(uow.now))  # a term passes then
    is_counted = proposal.state in (*petition.PETITION.enterable, *petition.PETITION.checked)
    keep_until(uow.now + COUNTED if is_counted else None)
    members = COMMITTEE.number_of_members(uow, proposal)
    shown = page_words(uow, proposal) | common_words(uow)
    shown |= {"results_path": results_path(proposal), "adoption": adoption_of(uow, proposal)}
    shown |= {
        "how_to_mark": how_to_mark(uow),
        "members": members,
        "thread": line_of(uow, "referendum", proposal.id),
    }
    return render_template("referendum/show.html", proposal=proposal, **shown)


@citizen.get("/check")
@open_to_all
def check() -> str:
    """May it be asked? Nothing is kept."""
    uow = current_uow()
    question = request.args.get("question", "")[:LONGEST_TRIED].strip()
    proposer, decider = (request.args.get(name, "") for name in ("proposer", "decider"))
    proposer = proposer if proposer in PROPOSERS else next(iter(PROPOSERS))
    signers = request.args.get("signers", "")
    number = int(signers) if signers.isdecimal() and len(signers) < 3 else 0
    checks = (
        queries.checks_for(
            uow, question=question, proposer=proposer, decider=decider, signers=number
        )
        if question
        else []
    )
    shown = {"question": question, "proposer": proposer, "decider": decider, "signers": number}
    words = common_words(uow)
    return render_template(
        "referendum/check.html", checks=checks, deciders=DECIDERS, **shown, **words
    )


@citizen.get("/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, queries.committees_of(me), page_number())
    return private_page("referendum/mine.html", page=page, **common_words(uow))


@citizen.route("/new", methods=["GET", "POST"])
@signed_in
def new() -> Answer:
    """A committee begins with its question."""
    uow, form = current_uow(), ReferendumForm(data={"question": request.args.get("question", "")})
    form.offer(proposers_here(is_staff=False), units_here(uow))
    if form.validate_on_submit():
        request_id = form.request_id.data
        proposal = proposals.write_proposal(uow, form.said(), request_id=request_id)
        return see_other(".desk", proposal_id=proposal.id, said="referendum.drafted")
    words = {"layout": "site.html", "is_staff": False, "proposal": None}
    return filled("referendum/edit.html", form, **words, **common_words(uow))


@citizen.route("/join", methods=["GET", "POST"])
@signed_in
def join() -> Answer:
    """A member takes the place in a committee by its code."""
    form = JoinForm()
    if form.validate_on_submit():
        try:
            proposal = COMMITTEE.join(current_uow(), form.code.data)
            return see_other(".desk", proposal_id=proposal.id, said="referendum.joined")
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    above = (gettext("Местен референдум"), url_for(".index"))
    return filled("petitions/join.html", form, above=above)


referendum_desk(
    blueprint=citizen,
    prefix="/committee",
    access=signed_in,
    rows_access=signed_in,
    find=queries.own_proposal,
    layout="site.html",
    is_staff=False,
)
