"""Registrations at the counter: the queue, one of them, a new one, the municipality's list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.voters.forms import (
    CounterRegistrationForm,
    EgnForm,
    RefuseVoterForm,
    VoterListForm,
)
from obshto.modules.voters.models import VoterRegistration
from obshto.modules.voters.permissions import VotersPermission
from obshto.modules.voters.services import queries, registrations
from obshto.modules.voters.services.access_log import CHECK, look_at_registration
from obshto.modules.voters.services.kinds import (
    CHANNELS,
    COLOURS,
    DELIVERIES,
    LIVE,
    PROOFS,
    REASONS,
    STATES,
)
from obshto.modules.voters.services.voter_list import put_voter_list
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.language import LANGUAGES
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files

console = Blueprint("voters_console", __name__)
Answer = str | tuple[str, int] | Response
KEEP = requires(VotersPermission.REGISTER)
FORM = ["GET", "POST"]


@console.get("/")
@KEEP
def index() -> str:
    """Without names: who opens one has a reason that is recorded."""
    uow, settlement = current_uow(), request.args.get("settlement", "")
    lists = queries.lists(settlement)
    chosen = request.args.get("list", "asked")
    rows = lists[chosen] if chosen in lists else abort(404)
    numbers = counts(uow, lists)
    page = paginate(uow.session, rows, page_number(), total=numbers[chosen])
    shown = {"page": page, "chosen": chosen, "counts": numbers, "settlement": settlement}
    shown["settlements"] = queries.settlements(uow)
    shown["has_list"] = queries.newest_upload(uow) is not None
    return render_template("voters/console.html", **shown, **_words())


@console.route("/find", methods=FORM)
@KEEP
def find() -> Answer:
    """By personal number, which travels in the body alone."""
    form, is_missing = EgnForm(), False
    if form.validate_on_submit():
        row = queries.by_egn(current_uow(), form.egn.data)
        if row:
            return see_other(".show", registration_id=row.id)
        is_missing = True
    return filled("voters/find.html", form, is_missing=is_missing)


@console.route("/new", methods=FORM)
@KEEP
def register() -> Answer:
    """Somebody stands at the counter with an identity document."""
    form = CounterRegistrationForm()
    if form.validate_on_submit():
        try:
            once, replaces = form.request_id.data, form.replaces.data
            row = registrations.register_at_counter(
                current_uow(), form.told(), request_id=once, replaces=replaces
            )
            return see_other(".show", registration_id=row.id, said="voters.entered")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("voters/counter.html", form)


@console.get("/<uuid:registration_id>")
@KEEP
def show(registration_id: UUID) -> str:
    return render_template("voters/show.html", **_opened(registration_id))


@console.get("/<uuid:registration_id>/paper")
@KEEP
def paper(registration_id: UUID) -> str:
    """The form for the person's own hand, filled in."""
    return render_template("voters/paper_form.html", **_opened(registration_id))


@console.post("/<uuid:registration_id>/confirm")
@KEEP
def confirm(registration_id: UUID) -> Response:
    row = _row(registration_id)
    registrations.confirm_by_document(current_uow(), row, expected_version=seen_here())
    return see_other(".show", registration_id=row.id, said="voters.checked")


@console.route("/<uuid:registration_id>/refuse", methods=FORM)
@KEEP
def refuse(registration_id: UUID) -> Answer:
    row, form = _row(registration_id), RefuseVoterForm()
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            registrations.refuse(current_uow(), row, form.reason.data, expected_version=version)
            return see_other(".show", registration_id=row.id, said="voters.refused")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled("voters/refuse.html", form, row=row)


@console.route("/<uuid:registration_id>/withdraw", methods=FORM)
@KEEP
def withdraw(registration_id: UUID) -> Answer:
    """The person asks for it at the counter."""
    uow, row = current_uow(), _row(registration_id)
    if request.method == "POST":
        registrations.withdraw(uow, row, expected_version=seen_here())
        return see_other(".show", registration_id=row.id, said="voters.withdrawn")
    rolls = queries.rolls_of(uow, row.id)
    return render_template("voters/withdraw_console.html", row=row, rolls=rolls)


@console.route("/list", methods=FORM)
@requires(VotersPermission.ROLL)
@takes_files
def voter_list() -> Answer:
    """Who has the right to vote here; numbers are hashed on the way in."""
    uow, form = current_uow(), VoterListForm()
    if form.validate_on_submit():
        try:
            put_voter_list(uow, form.sent(), request_id=form.request_id.data)
            return see_other(".voter_list", said="voters.listed")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("voters/list.html", form, upload=queries.newest_upload(uow))


def _row(registration_id: UUID) -> VoterRegistration:
    """Locked where something is sent."""
    g.is_personal = True
    return queries.registration_of(
        current_uow(), registration_id, to_change=request.method == "POST"
    )


def _opened(registration_id: UUID) -> dict[str, Any]:
    """With name, address and phone, after the look is recorded."""
    uow, row = current_uow(), _row(registration_id)
    look_at_registration(uow, row, CHECK)
    return {
        "row": row,
        "is_live": row.state in LIVE,
        "is_listed": queries.settlement_listed(uow, row.egn_index) is not None,
        "rolls": queries.rolls_of(uow, row.id),
        **_words(),
    }


def _words() -> dict[str, Any]:
    return {
        "states": STATES,
        "colours": COLOURS,
        "deliveries": DELIVERIES,
        "languages": LANGUAGES,
        "channels": CHANNELS,
        "proofs": PROOFS,
        "reasons": REASONS,
        "may_roll": current_principal().may(VotersPermission.ROLL),
    }
