"""Staff pages of letters that did not arrive: the list, one with its address, what was done."""

from __future__ import annotations

from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.notify import undelivered_letters as letters
from obshto.platform.notify.console import console
from obshto.platform.notify.forms import AddressForm, SettleForm
from obshto.platform.notify.message_log import PAGE
from obshto.platform.notify.permissions import NotifyPermission
from obshto.platform.notify.suppression import is_of_the_address
from obshto.platform.web.access import requires
from obshto.platform.web.cursor_pagination import asked_before, older_than
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

SETTLE = NotifyPermission.SETTLE
Answer = str | tuple[str, int] | Response


@console.get("/undelivered")
@requires(SETTLE)
def undelivered() -> str:
    """Those that wait for somebody, or those that are settled; nobody named."""
    which, before = request.args.get("list", ""), asked_before()
    if which not in ("", "settled"):
        abort(404)
    page = letters.undelivered_before(current_uow(), before, settled=which == "settled")
    more = older_than([one.message.id for one in page], PAGE)
    shown = {"page": page, "which": which, "before": before, "more": more}
    return render_template("notify/undelivered.html", settlements=letters.SETTLEMENTS, **shown)


@console.route("/undelivered/<uuid:message_id>", methods=["GET", "POST"])
@requires(SETTLE)
def undelivered_letter(message_id: UUID) -> Answer:
    """Why it came back, and how the person was told."""
    uow = current_uow()
    found = letters.undelivered_letter(uow, message_id)
    form = SettleForm(data={"expected_version": found.message.settled_times})
    if form.validate_on_submit():
        word, seen = form.settlement.data, form.expected_version.data
        letters.settle_letter(uow, message_id, word, expected_version=seen)
        return see_other(".undelivered", said="notify.settled")
    return filled(
        "notify/undelivered_letter.html",
        form,
        address_form=AddressForm(formdata=None),
        it=found,
        address=letters.opened_address(uow, message_id),
        is_gone=is_of_the_address,
        settlements=letters.SETTLEMENTS,
        may_subscribe=current_principal().may(NotifyPermission.SUBSCRIBE),
    )


@console.post("/undelivered/<uuid:message_id>/address")
@requires(SETTLE)
def show_address(message_id: UUID) -> Response:
    """To whom it was: for this sitting, and the person reads who looked."""
    uow, form = current_uow(), AddressForm()
    letters.undelivered_letter(uow, message_id)
    if not form.validate():
        abort(422)
    letters.open_address(uow, message_id, request_id=form.request_id.data)
    return see_other(".undelivered_letter", message_id=message_id)
