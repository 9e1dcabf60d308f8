"""Sender's phone: a code comes to it, which is typed here; before that no news go there."""

from __future__ import annotations

from werkzeug.wrappers import Response

from obshto.modules.reports.citizen.blueprint import citizen
from obshto.modules.reports.forms.own_case import AskCodeForm
from obshto.modules.reports.services import queries
from obshto.modules.reports.services.letters import ask_phone, confirm_phone, phone_to_confirm
from obshto.platform.errors import DomainError
from obshto.platform.notify.forms import CodeForm
from obshto.platform.web.access import open_to_all
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@citizen.post("/case/<ref>/phone/code")
@open_to_all
def own_phone_code(ref: str) -> Response:
    """The code goes to the phone that was left; it is typed on the next page."""
    uow, form = current_uow(), AskCodeForm()
    report = queries.report_at(uow, ref)
    if form.validate_on_submit():
        ask_phone(uow, report, once=form.request_id.data)
    return see_other(".own_phone", ref=ref)


@citizen.route("/case/<ref>/phone", methods=["GET", "POST"])
@open_to_all
def own_phone(ref: str) -> Response:
    """Where the code is typed; what is confirmed leads back to the report."""
    uow, form = current_uow(), CodeForm()
    report = queries.report_at(uow, ref, to_change=form.is_submitted())
    number = phone_to_confirm(uow, report)
    if not number:
        return see_other(".case", ref=ref)
    if form.validate_on_submit():
        try:
            confirm_phone(uow, report, form.digits)
            return see_other(".case", ref=ref, said="reports.phone-confirmed")
        except DomainError as refusal:
            form.code.errors = [*form.code.errors, str(refusal)]
    return private_page("reports/phone.html", form=form, ref=ref, report=report, number=number)
