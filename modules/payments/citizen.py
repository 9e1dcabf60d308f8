"""Where people see what a notice is about, and go on to pay it."""

from __future__ import annotations

from flask import Blueprint, g, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.payments.errors import NoSuchNotice
from obshto.modules.payments.forms import ChooseForm
from obshto.modules.payments.models import Bundle, Payer
from obshto.modules.payments.services.bundles import choose
from obshto.modules.payments.services.notice import shown_of
from obshto.modules.payments.services.owing import ALL, payer_with_code
from obshto.modules.payments.services.terms import terms_of
from obshto.platform.clock import today
from obshto.platform.codes import read_code
from obshto.platform.errors import DomainError
from obshto.platform.web.access import open_to_all
from obshto.platform.web.edge import current_work
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
    terms = [one for one in terms_of(current_work(), today().year) if one.days.due_on]
    page = render_template("payments/index.html", typed=typed, error=error, terms=terms)
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
    return filled("payments/notice.html", form, **shown_of(work, payer))


def _chosen(payer: Payer, form: ChooseForm) -> Bundle:
    return choose(current_work(), payer, form.choice.data or "", request_id=form.request_id.data)
