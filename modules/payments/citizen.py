"""Where people see what a notice is about, and go on to pay it."""

from __future__ import annotations

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.payments.errors import NoSuchTaxNotice
from obshto.modules.payments.forms import ChooseForm
from obshto.modules.payments.models import Bundle, Payer
from obshto.modules.payments.services.bundles import choose
from obshto.modules.payments.services.obligations import ALL, payer_with_code
from obshto.modules.payments.services.saved_notices import is_kept, keep, keep_no_more, kept_by
from obshto.modules.payments.services.tax_notice import shown_of
from obshto.modules.payments.services.terms import terms_of
from obshto.platform.clock import today
from obshto.platform.codes import read_code
from obshto.platform.errors import DomainError
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import on_to, see_other
from obshto.platform.web.request_uow import current_principal, current_uow

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
            return see_other(".notice", code=payer_with_code(current_uow(), typed).code)
        except NoSuchTaxNotice as refusal:
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
    uow, form = current_uow(), ChooseForm(data={"choice": ALL})
    payer = payer_with_code(uow, code, to_change=form.is_submitted())
    if form.validate_on_submit():
        try:
            return on_to(_chosen(payer, form).path)
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    me = current_principal().person_id
    kept = {"me": me, "is_kept": is_kept(uow, payer, me)}
    return filled("payments/notice.html", form, **kept, **shown_of(uow, payer))


@citizen.post("/notice/<code>/keep")
@signed_in
def keep_notice(code: str) -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    keep(uow, payer_with_code(uow, code), me)
    return see_other(".notice", code=code, said="payments.kept")


@citizen.post("/notice/<code>/keep-no-more")
@signed_in
def take_away(code: str) -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    keep_no_more(uow, payer_with_code(uow, code), me)
    return see_other(".notice", code=code, said="payments.kept-no-more")


def _for_who_reads() -> dict[str, object]:
    """The terms of the year; to who is signed in, the notices that they keep."""
    uow, me = current_uow(), current_principal().person_id
    g.is_personal = g.get("is_personal") or me is not None
    terms = [one for one in terms_of(uow, today().year) if one.days.due_on]
    return {"terms": terms, "kept": kept_by(uow, me) if me else None}


def _chosen(payer: Payer, form: ChooseForm) -> Bundle:
    return choose(current_uow(), payer, form.choice.data or "", request_id=form.request_id.data)
