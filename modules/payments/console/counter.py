"""At the counter: whose notice it is, what to take for it, the notice on paper."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template, request
from flask_babel import lazy_gettext as _

from obshto.modules.payments.console.blueprint import Answer, console
from obshto.modules.payments.errors import NoSuchTaxNotice
from obshto.modules.payments.forms import ChooseForm
from obshto.modules.payments.permissions import PaymentsPermission
from obshto.modules.payments.services.access_log import look_at_payer
from obshto.modules.payments.services.bundles import choose
from obshto.modules.payments.services.import_run import imports
from obshto.modules.payments.services.lists import paid_rows
from obshto.modules.payments.services.obligations import ALL, look_up, owed_in_all, payer_of
from obshto.modules.payments.services.tax_notice import shown_of
from obshto.platform.content.qr import qr_code
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import filled
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import on_to, see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.requested_days import days_asked

PAID_HEAD = (
    _("ЕГН или ЕИК"),
    _("Код за вид плащане"),
    _("Партида"),
    _("Година"),
    _("Вноска"),
    _("Платено"),
    _("Лихва"),
    _("Отстъпка"),
    _("Платено на"),
)


@console.get("/")
@requires(PaymentsPermission.FIND)
def index() -> Answer:
    """Find by a code, or by the number that somebody shows at the counter."""
    uow, typed, error = current_uow(), request.args.get("q", "").strip()[:40], ""
    if typed:
        try:
            return see_other(".payer", payer_id=look_up(uow, typed).id)
        except NoSuchTaxNotice as refusal:
            error = str(refusal)
    page = render_template("payments/console.html", typed=typed, error=error, **_at_a_glance())
    return (page, 422) if error else page


def _at_a_glance() -> dict[str, object]:
    uow = current_uow()
    number, cents = owed_in_all(uow)
    first, last = days_asked()
    return {
        "number": number,
        "cents": cents,
        "page": paginate(uow.session, imports(), page_number()),
        "may_import": current_principal().may(PaymentsPermission.IMPORT),
        "first": first,
        "last": last,
    }


@console.route("/payers/<uuid:payer_id>", methods=["GET", "POST"])
@requires(PaymentsPermission.FIND)
def payer(payer_id: UUID) -> Answer:
    """What somebody owes; what is chosen goes on to the counter."""
    uow, form = current_uow(), ChooseForm(data={"choice": ALL})
    found = payer_of(uow, payer_id, to_change=form.is_submitted())
    look_at_payer(uow, found)
    if form.validate_on_submit():
        try:
            choice, request_id = form.choice.data or "", form.request_id.data
            return on_to(choose(uow, found, choice, request_id=request_id).desk)
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("payments/payer.html", form, **shown_of(uow, found))


@console.get("/payers/<uuid:payer_id>/paper")
@requires(PaymentsPermission.FIND)
def paper(payer_id: UUID) -> str:
    """The notice to be printed, with the square code of its page."""
    uow = current_uow()
    found = payer_of(uow, payer_id)
    look_at_payer(uow, found)
    address = f"{uow.scope.address}/payments/notice/{found.code}"
    shown = {"address": address, "drawn": qr_code(address)}
    return render_template("payments/paper.html", **shown, **shown_of(uow, found))


@console.get("/paid.csv")
@requires(PaymentsPermission.IMPORT)
def paid_file() -> Response:
    """What was paid on some days, to be brought into the tax program. Raises TooManyRows."""
    return csv_file("paid.csv", PAID_HEAD, paid_rows(current_uow(), days_asked()))
