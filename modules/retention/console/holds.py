"""Legal holds: list, a new one, one of them, its end."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import abort, render_template, request

from obshto.modules.retention.console.blueprint import Answer, console
from obshto.modules.retention.forms import EndForm, HoldForm, ProlongForm
from obshto.modules.retention.permissions import RetentionPermission
from obshto.modules.retention.services import calendar, holds
from obshto.platform.errors import DomainError
from obshto.platform.privacy import hold_actions
from obshto.platform.privacy.models import LegalHold
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, lines_of, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

READ, HOLD = RetentionPermission.READ, RetentionPermission.HOLD


@console.get("/holds")
@requires(READ)
def hold_list() -> str:
    """Those in force, or those that have ended."""
    uow, chosen = current_uow(), request.args.get("list", "now")
    if chosen not in ("now", "ended"):
        abort(404)
    rows = holds.holds(uow, in_force=chosen == "now")
    return render_template(
        "retention/holds.html",
        page=paginate(uow.session, rows, page_number()),
        chosen=chosen,
        may_hold=uow.principal.may(HOLD),
        spared=_spared(),
    )


@console.route("/holds/new", methods=["GET", "POST"])
@requires(HOLD)
def new_hold() -> Answer:
    form = HoldForm(holds.holdable(calendar.rules_here()))
    if form.validate_on_submit():
        try:
            key = form.request_id.data
            row = hold_actions.place_hold(current_uow(), form.words(), request_id=key)
            return see_other(".hold", hold_id=row.id, said="retention.held")
        except DomainError as refusal:
            form.number.errors = [*form.number.errors, str(refusal)]
    return filled("retention/new_hold.html", form)


@console.get("/holds/<uuid:hold_id>")
@requires(READ)
def hold(hold_id: UUID) -> str:
    row = hold_actions.hold_of(current_uow(), hold_id)
    return render_template("retention/hold.html", **_shown(row))


@console.route("/holds/<uuid:hold_id>/prolong", methods=["GET", "POST"])
@requires(HOLD)
def prolong(hold_id: UUID) -> Answer:
    uow = current_uow()
    row = hold_actions.hold_of(uow, hold_id, to_change=True)
    form = ProlongForm(obj=row)
    if form.validate_on_submit():
        assert form.until.data
        try:
            hold_actions.prolong_hold(
                uow,
                row,
                until=form.until.data,
                reason=lines_of(form.reason.data),
                expected_version=form.expected_version.data,
            )
            return see_other(".hold", hold_id=hold_id, said="retention.prolonged")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled("retention/prolong.html", form, row=row)


@console.route("/holds/<uuid:hold_id>/end", methods=["GET", "POST"])
@requires(HOLD)
def end(hold_id: UUID) -> Answer:
    uow, form = current_uow(), EndForm()
    row = hold_actions.hold_of(uow, hold_id, to_change=True)
    if form.validate_on_submit():
        try:
            why, seen = lines_of(form.why.data), form.expected_version.data
            hold_actions.end_hold(uow, row, why=why, expected_version=seen)
            return see_other(".hold", hold_id=hold_id, said="retention.freed")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    return filled("retention/end_hold.html", form, **_shown(row))


def _shown(row: LegalHold) -> dict[str, object]:
    uow = current_uow()
    return {
        "row": row,
        "what": _spared()(row),
        "is_in_force": holds.is_in_force(uow, row),
        "may_hold": uow.principal.may(HOLD),
    }


def _spared() -> Callable[[LegalHold], str]:
    rules = calendar.rules_here()
    return lambda row: holds.spared(row, rules)
