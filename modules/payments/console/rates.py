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
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.get("/rates")
@requires(PaymentsPermission.IMPORT)
def rates() -> str:
    return render_template("payments/rates.html", rates=listed(current_uow()))


@console.route("/rates/<int:year>/<int:half>", methods=["GET", "POST"])
@requires(PaymentsPermission.IMPORT)
def rate(year: int, half: int) -> Answer:
    uow = current_uow()
    begins_on, row = rate_on(uow, year, half, to_change=request.method == "POST")
    version, known = row.version if row else 0, rates_here(uow).of(begins_on)
    form = RateForm(
        data={"expected_version": version, "percent": typed_as(int(known * 100)) if known else ""}
    )
    if form.validate_on_submit():
        try:
            set_rate(uow, year, half, form.hundredths, expected_version=form.expected_version.data)
            return see_other(".rates", said="payments.rate-set")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = version
    return filled("payments/rate.html", form, begins_on=begins_on)
