"""Until when each kind is paid in a year, what is less early."""

from __future__ import annotations

from flask import render_template, request

from obshto.modules.payments.console.blueprint import Answer, console
from obshto.modules.payments.forms import TermForm
from obshto.modules.payments.permissions import PaymentsPermission
from obshto.modules.payments.services.law import FIRST_YEAR, LAST_YEAR
from obshto.modules.payments.services.terms import set_term, term_of, terms_of
from obshto.platform.clock import today
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.get("/terms")
@requires(PaymentsPermission.IMPORT)
def terms() -> str:
    year = _year()
    return render_template(
        "payments/terms.html",
        year=year,
        this_year=today().year,
        terms=terms_of(current_uow(), year),
    )


@console.route("/terms/<int:year>/<kind>", methods=["GET", "POST"])
@requires(PaymentsPermission.IMPORT)
def term(year: int, kind: str) -> Answer:
    uow = current_uow()
    shown = term_of(uow, kind, year, to_change=request.method == "POST")
    form = TermForm(data={"expected_version": shown.version, **TermForm.of(shown.days)})
    if form.validate_on_submit():
        try:
            set_term(uow, kind, year, form.days(), expected_version=form.expected_version.data)
            return see_other(".terms", year=year, said="payments.term-set")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = shown.version
    return filled("payments/term.html", form, shown=shown)


def _year() -> int:
    """The year that was asked for; this one for what is none."""
    asked = request.args.get("year", "")
    year = int(asked) if len(asked) == 4 and asked.isascii() and asked.isdigit() else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else today().year
