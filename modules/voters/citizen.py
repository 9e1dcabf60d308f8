"""Public pages of voters: how one registers, one's own registration."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.voters.errors import NoSuchRegistration
from obshto.modules.voters.forms import OwnRegistrationForm
from obshto.modules.voters.models import VoterRegistration
from obshto.modules.voters.services import queries, registrations
from obshto.modules.voters.services.kinds import COLOURS, DELIVERIES, LIVE, REASONS, STATES
from obshto.platform.errors import DomainError
from obshto.platform.web.access import open_to_all, signed_in, signed_in_surely
from obshto.platform.web.forms import seen_here, tell
from obshto.platform.web.language import LANGUAGES, current_language
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

citizen = Blueprint("voters_citizen", __name__)
FORM = ["GET", "POST"]


@citizen.get("/")
@open_to_all
def index() -> str:
    return render_template("voters/index.html")


@citizen.route("/new", methods=FORM)
@signed_in
def register() -> Response:
    uow, form = current_uow(), _own_form()
    row = queries.own_registration(uow, current_principal().person_id)
    if request.method == "GET" and row and row.state in LIVE:
        return see_other(".mine")
    if form.validate_on_submit() and form.passes():
        try:
            once = form.request_id.data
            registrations.register_online(uow, form.told(), request_id=once)
            return see_other(".mine", said="voters.asked")
        except DomainError as refusal:
            tell(form, refusal)
    return private_page("voters/register.html", form=form)


@citizen.get("/mine")
@signed_in
def mine() -> Response:
    """Where it stands, how the letter comes, in which rolls one is."""
    uow = current_uow()
    row = queries.own_registration(uow, current_principal().person_id)
    return private_page(
        "voters/mine.html",
        row=row,
        rolls=queries.rolls_of(uow, row.id) if row else (),
        is_live=row is not None and row.state in LIVE,
        states=STATES,
        colours=COLOURS,
        deliveries=DELIVERIES,
        languages=LANGUAGES,
        reasons=REASONS,
    )


@citizen.route("/confirm", methods=FORM)
@signed_in_surely()
def confirm() -> Response:
    """Back with a passkey or a code: the registration is finished without going to the office."""
    uow, row = current_uow(), _own()
    if request.method == "POST" and row:
        registrations.confirm_by_sign_in(uow, row, expected_version=seen_here())
        return see_other(".mine", said="voters.confirmed")
    waits = row is not None and row.state in LIVE and not row.proof
    return private_page("voters/confirm.html", row=row if waits else None)


@citizen.route("/withdraw", methods=FORM)
@signed_in
def withdraw() -> Response:
    uow, row = current_uow(), _own()
    if request.method == "POST" and row:
        registrations.withdraw(uow, row, expected_version=seen_here())
        return see_other(".mine", said="voters.withdrawn")
    is_live = row is not None and row.state in LIVE
    rolls = queries.rolls_of(uow, row.id) if row else ()
    return private_page("voters/withdraw.html", row=row if is_live else None, rolls=rolls)


def _own_form() -> OwnRegistrationForm:
    """The letter is first offered in the language of the page."""
    return OwnRegistrationForm(name=current_principal().name, language=current_language())


def _own() -> VoterRegistration | None:
    """Locked where something is sent. Raises NoSuchRegistration where there is none to change."""
    is_post, me = request.method == "POST", current_principal().person_id
    row = queries.own_registration(current_uow(), me, to_change=is_post)
    if row is None and is_post:
        raise NoSuchRegistration
    return row
