"""Staff pages of messages: a subscription for somebody at the counter, how many there are."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.notify.address import places_here
from obshto.platform.notify.delivery_stats import outbox_numbers, subscriber_counts
from obshto.platform.notify.forms import PACES, CounterCodeForm, CounterForm, CounterPhoneForm
from obshto.platform.notify.message_log import LISTS, PAGE, message_of, messages_before
from obshto.platform.notify.models import Channel
from obshto.platform.notify.permissions import NotifyPermission
from obshto.platform.notify.phone import confirmed, sent
from obshto.platform.notify.senders import senders_of
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.sms.phone_verification import asked_phone
from obshto.platform.notify.sms.reports import STOP
from obshto.platform.notify.subscribers import subscribe
from obshto.platform.notify.suppression import is_of_the_address
from obshto.platform.web.access import requires
from obshto.platform.web.cursor_pagination import asked_before, older_than
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

console = Blueprint("notify_console", __name__)


@console.get("/")
@requires(NotifyPermission.SUBSCRIBE)
def index() -> str:
    uow = current_uow()
    return render_template(
        "notify/console.html",
        counts=subscriber_counts(uow),
        numbers=outbox_numbers(uow),
        settings=letters_settings(uow),
        paces=PACES,
        sees_senders=current_principal().may(NotifyPermission.SENDERS),
        may_settle=current_principal().may(NotifyPermission.SETTLE),
        sees_outbox=current_principal().may(NotifyPermission.OUTBOX),
    )


@console.get("/outbox")
@requires(NotifyPermission.OUTBOX)
def outbox() -> str:
    """One by one, nobody named; each leads to how it went."""
    which, before = request.args.get("list", ""), asked_before()
    if which not in LISTS:
        abort(404)
    page = messages_before(current_uow(), before, which=which)
    more = older_than([one.message.id for one in page], PAGE)
    return render_template("notify/outbox.html", page=page, which=which, before=before, more=more)


@console.get("/outbox/<uuid:message_id>")
@requires(NotifyPermission.OUTBOX)
def message(message_id: UUID) -> str:
    found = message_of(current_uow(), message_id)
    return render_template("notify/message.html", it=found, is_gone=is_of_the_address)


@console.get("/senders")
@requires(NotifyPermission.SENDERS)
def senders() -> str:
    return render_template("notify/senders.html", it=senders_of(current_uow()), stop=sorted(STOP))


@console.route("/new", methods=["GET", "POST"])
@requires(NotifyPermission.SUBSCRIBE)
def ask() -> str | tuple[str, int] | Response:
    uow = current_uow()
    form = CounterForm(places=places_here(uow))
    if form.validate_on_submit():
        subscribe(uow, form.email.data, form.wishes(), request_id=form.request_id.data)
        return see_other("notify_console.index", said="notify.asked")
    page = render_template("notify/counter.html", form=form)
    return (page, 422) if form.errors else page


@console.route("/phone", methods=["GET", "POST"])
@requires(NotifyPermission.SUBSCRIBE)
def ask_phone() -> str | tuple[str, int] | Response:
    """The number, then on the same page the code that the person reads out."""
    uow = current_uow()
    form = CounterPhoneForm(places=places_here(uow), channel=Channel.SMS)
    if form.validate_on_submit() and (reader := sent(form)):
        return see_other(".ask_phone", reader=reader.id, said="notify.code-sent")
    waiting = asked_phone(uow, request.args.get("reader", ""))
    code = CounterCodeForm(formdata=None, data={"phone": waiting.address if waiting else ""})
    return _phones(form, code, refused=bool(form.errors))


@console.post("/phone/code")
@requires(NotifyPermission.SUBSCRIBE)
def phone_code() -> str | tuple[str, int] | Response:
    uow, code = current_uow(), CounterCodeForm()
    if confirmed(code):
        return see_other("notify_console.index", said="notify.phone-confirmed")
    form = CounterPhoneForm(formdata=None, places=places_here(uow), channel=Channel.SMS)
    return _phones(form, code, refused=True)


def _phones(
    form: CounterPhoneForm, code: CounterCodeForm, *, refused: bool
) -> str | tuple[str, int]:
    has_sms = bool(letters_settings(current_uow()).sms_sender)
    page = render_template("notify/counter_phone.html", form=form, code=code, has_sms=has_sms)
    return (page, 422) if refused else page
