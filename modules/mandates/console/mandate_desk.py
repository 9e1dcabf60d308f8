"""Pages of whoever prepares mandates: the list, preparing, the papers, signature, withdrawal."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from obshto.modules.mandates.console.blueprint import Answer, console
from obshto.modules.mandates.errors import MandateTooLong, ProfileOfAnother, SignedTooSoon
from obshto.modules.mandates.forms import MandateForm, SignatureForm
from obshto.modules.mandates.models import Mandate
from obshto.modules.mandates.permissions import MandatesPermission
from obshto.modules.mandates.services import queries
from obshto.modules.mandates.services.access_log import look_at_mandate
from obshto.modules.mandates.services.kinds import CALL, DRAFT, OPEN, SIGNED, STATES
from obshto.modules.mandates.services.lifecycle import sign_mandate, withdraw_mandate
from obshto.modules.mandates.services.page_context import labels_of, words
from obshto.modules.mandates.services.preparation import last_day, prepare_mandate
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.modularity.registry import delegable_here
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.formats import short_day
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.tenants.api import people_who_may

PREPARE = MandatesPermission.PREPARE
MOST_LINES = 5_000  # of a table


@console.get("/")
@requires(PREPARE)
def index() -> str:
    uow, number = current_uow(), request.args.get("number", "").strip()[:20]
    chosen = request.args.get("list", DRAFT)
    if chosen not in queries.LISTS:
        abort(404)
    page = paginate(uow.session, queries.queue(chosen, number), page_number())
    return render_template(
        "mandates/console.html",
        page=page,
        chosen="" if number else chosen,
        number=number,
        counts=queries.counts(uow),
        **words(),
    )


@console.get("/table.csv")
@requires(PREPARE)
def table() -> Response:
    """All mandates without the people who gave them."""
    uow = current_uow()
    rows = [row for chosen in queries.LISTS for row in _some(chosen)]
    done = queries.acts_by_mandate(uow, rows)
    head = [_("Номер"), _("Състояние"), _("Помощник"), _("За какво"), _("Подписано")]
    return csv_file(
        "mandates.csv",
        [*head, _("Последен ден"), _("Действия")],
        (
            [
                *(row.number, str(STATES[row.state]), row.assistant, "; ".join(labels_of(row))),
                *(short_day(row.signed_on) if row.signed_on else "", short_day(row.ends_on)),
                str(done.get(row.id, 0)),
            ]
            for row in rows
        ),
    )


@console.route("/new", methods=["GET", "POST"])
@requires(PREPARE)
def new() -> Answer:
    uow, form = current_uow(), MandateForm()
    form.offer(people_who_may(uow, MandatesPermission.ACT), delegable_here())
    if form.validate_on_submit():
        try:
            row = prepare_mandate(uow, form.told(), request_id=form.request_id.data)
            return see_other(".mandate", mandate_id=row.id, said="mandates.prepared")
        except DomainError as refusal:
            tell(form, refusal, at={MandateTooLong: "ends_on", ProfileOfAnother: "email"})
    return filled("mandates/new.html", form, last=last_day(uow))


@console.get("/<uuid:mandate_id>")
@requires(PREPARE)
def mandate(mandate_id: UUID) -> str:
    uow = current_uow()
    row = _opened(mandate_id)
    return render_template(
        "mandates/desk.html",
        row=row,
        is_draft=row.state == DRAFT,
        is_open=row.state in OPEN,
        may_sign=row.assistant_id != current_principal().person_id,
        journal=paginate(uow.session, queries.journal_of(row), page_number()),
        **words(),
    )


@console.route("/<uuid:mandate_id>/sign", methods=["GET", "POST"])
@requires(PREPARE)
def sign(mandate_id: UUID) -> Answer:
    uow = current_uow()
    form = SignatureForm(data={"signed_on": day_of(uow.now)})
    row = _opened(mandate_id, to_change=form.is_submitted())
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            sign_mandate(uow, row, form.signature(), expected_version=version)
            return see_other(".mandate", mandate_id=row.id, said="mandates.signed")
        except DomainError as refusal:
            tell(form, refusal, row, at={SignedTooSoon: "signed_on"})
    show_version(form, row)
    return filled("mandates/sign.html", form, row=row, is_signed=row.state == SIGNED, **words())


@console.route("/<uuid:mandate_id>/withdraw", methods=["GET", "POST"])
@requires(PREPARE)
def withdraw(mandate_id: UUID) -> Answer:
    """The person called, or came."""
    row = _opened(mandate_id, to_change=request.method == "POST")
    if request.method == "POST":
        withdraw_mandate(current_uow(), row, CALL, expected_version=seen_here())
        return see_other(".mandate", mandate_id=row.id, said="mandates.withdrawn")
    return render_template("mandates/withdraw_desk.html", row=row)


def _opened(mandate_id: UUID, *, to_change: bool = False) -> Mandate:
    row = queries.mandate_of(current_uow(), mandate_id, to_change=to_change)
    look_at_mandate(current_uow(), row)
    return row


def _some(chosen: str) -> list[Mandate]:
    return list(current_uow().session.scalars(queries.queue(chosen).limit(MOST_LINES)))
