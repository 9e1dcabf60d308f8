"""Public pages of mandates: what one is, those that I gave, one by its code, withdrawing it."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.mandates.forms import MandateFollowForm
from obshto.modules.mandates.services import queries
from obshto.modules.mandates.services.kinds import CODE, OPEN, PAGE
from obshto.modules.mandates.services.lifecycle import withdraw_mandate
from obshto.modules.mandates.services.page_context import words
from obshto.platform.cases.codes import digits
from obshto.platform.errors import DomainError
from obshto.platform.modularity.registry import delegable_here
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.forms import seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

citizen = Blueprint("mandates_citizen", __name__)


@citizen.get("/")
@open_to_all
def index() -> str:
    return render_template("mandates/index.html", acts=delegable_here().values())


@citizen.get("/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, queries.mandates_of(me), page_number())
    done = queries.acts_by_mandate(uow, page.rows)
    return private_page("mandates/mine.html", page=page, done=done, **words())


@citizen.route("/follow", methods=["GET", "POST"])
@open_to_all
def follow() -> Response:
    uow, form = current_uow(), MandateFollowForm()
    if form.validate_on_submit() and form.passes():
        try:
            code = digits(form.code.data)
            queries.mandate_by_number(uow, form.number.data, code)
            return see_other(".mandate", ref=code)
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return private_page("mandates/follow.html", form=form)


@citizen.get("/mandate/<ref>")
@open_to_all
def mandate(ref: str) -> Response:
    """What was done under it; whoever has a code sees nobody's name but the assistant's."""
    uow = current_uow()
    found = queries.mandate_at(uow, ref)
    journal = paginate(uow.session, queries.journal_of(found.row), page_number())
    return private_page(
        "mandates/mandate.html",
        ref=ref,
        row=found.row,
        is_own=not found.by_code,
        may_withdraw=found.may_withdraw and found.row.state in OPEN,
        journal=journal,
        **words(),
    )


@citizen.route("/mandate/<ref>/withdraw", methods=["GET", "POST"])
@open_to_all
def withdraw(ref: str) -> Response:
    """Nobody acts for the person any more, from the next click on."""
    g.is_personal = True
    uow = current_uow()
    found = queries.mandate_at(uow, ref, to_change=request.method == "POST")
    if not found.may_withdraw:
        abort(404)
    if request.method == "POST":
        how = CODE if found.by_code else PAGE
        withdraw_mandate(uow, found.row, how, expected_version=seen_here())
        return see_other(".mandate", ref=ref, said="mandates.withdrawn")
    return private_page("mandates/withdraw.html", ref=ref, row=found.row, **words())
