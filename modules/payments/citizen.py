"""Where people see what a notice is about, and go on to pay it."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.payments.errors import NoSuchNotice
from obshto.modules.payments.forms import ChooseForm
from obshto.modules.payments.models import Bundle, Payer
from obshto.modules.payments.services.bundles import choose
from obshto.modules.payments.services.keeping import is_kept, keep, keep_no_more, kept_by
from obshto.modules.payments.services.notice import shown_of
from obshto.modules.payments.services.owing import ALL, payer_with_code
from obshto.modules.payments.services.terms import terms_of
from obshto.platform.clock import today
from obshto.platform.codes import read_code
from obshto.platform.errors import DomainError
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.edge import current_principal, current_work
from obshto.platform.web.forms import filled
from obshto.platform.web.moves import on_to, see_other

citizen = Blueprint("payments_citizen", __name__)
Answer = str | tuple[str, int] | Response


@citizen.get("/")
@open_to_all
def index() -> Answer:
    """A code that is no notice's may be that of a single charge: its own page knows."""
    typed, error = request.args.get("code", "").strip()[:40], ""
    if typed:
        g.is_personal = True
        try:
            return see_other(".notice", code=payer_with_code(current_work(), typed).code)
        except NoSuchNotice as refusal:
            if code := read_code(typed):
                return on_to(f"/pay/?code={code}")
            error = str(refusal)
    page = render_template("payments/index.html", typed=typed, error=error, **_for_who_reads())
    return (page, 422) if error else page


@citizen.route("/notice/<code>", methods=["GET", "POST"])
@open_to_all
def notice(code: str) -> Answer:
    """What is owed, whoever looks; nobody's name stands here."""
    g.is_personal = True
    work, form = current_work(), ChooseForm(data={"choice": ALL})
    payer = payer_with_code(work, code, to_change=form.is_submitted())
    if form.validate_on_submit():
        try:
            return on_to(_chosen(payer, form).path)
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    me = current_principal().person_id
    kept = {"me": me, "is_kept": is_kept(work, payer, me)}
    return filled("payments/notice.html", form, **kept, **shown_of(work, payer))


@citizen.post("/notice/<code>/keep")
@signed_in
def keep_notice(code: str) -> Response:
    work, me = current_work(), current_principal().person_id or abort(403)
    keep(work, payer_with_code(work, code), me)
    return see_other(".notice", code=code, said="payments.kept")


@citizen.post("/notice/<code>/keep-no-more")
@signed_in
def take_away(code: str) -> Response:
    work, me = current_work(), current_principal().person_id or abort(403)
    keep_no_more(work, payer_with_code(work, code), me)
    return see_other(".notice", code=code, said="payments.kept-no-more")


def _for_who_reads() -> dict[str, object]:
    """The terms of the year; to who is signed in, the notices that they keep."""
    work, me = current_work(), current_principal().person_id
    g.is_personal = g.get("is_personal") or me is not None
    terms = [one for one in terms_of(work, today().year) if one.days.due_on]
    return {"terms": terms, "kept": kept_by(work, me) if me else None}


def _chosen(payer: Payer, form: ChooseForm) -> Bundle:
    return choose(current_work(), payer, form.choice.data or "", request_id=form.request_id.data)
