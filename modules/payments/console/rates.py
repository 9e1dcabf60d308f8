"""What lateness costs: the legal interest of each half-year."""

from __future__ import annotations

from flask import render_template, request

from obshto.modules.payments.console.blueprint import Answer, console
from obshto.modules.payments.forms import RateForm
from obshto.modules.payments.permissions import PaymentsPermission
from obshto.modules.payments.services.interest import listed, rate_on, rates_here, set_rate
from obshto.platform.amounts import typed_as
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import filled
from obshto.platform.web.moves import see_other


@console.get("/rates")
@requires(PaymentsPermission.IMPORT)
def rates() -> str:
    return render_template("payments/rates.html", rates=listed(current_work()))


@console.route("/rates/<int:year>/<int:half>", methods=["GET", "POST"])
@requires(PaymentsPermission.IMPORT)
def rate(year: int, half: int) -> Answer:
    work = current_work()
    begins_on, row = rate_on(work, year, half, to_change=request.method == "POST")
    version, known = row.version if row else 0, rates_here(work).of(begins_on)
    form = RateForm(data={"seen": version, "percent": typed_as(int(known * 100)) if known else ""})
    if form.validate_on_submit():
        try:
            set_rate(work, year, half, form.hundredths, seen=form.seen.data)
            return see_other(".rates", said="payments.rate-set")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.seen.data = version
    return filled("payments/rate.html", form, begins_on=begins_on)
