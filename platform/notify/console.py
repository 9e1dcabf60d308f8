"""Staff pages of messages: a subscription for somebody at the counter, how many there are."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.notify.address import places_here
from obshto.platform.notify.forms import PACES, CounterCodeForm, CounterForm, CounterPhoneForm
from obshto.platform.notify.models import Channel
from obshto.platform.notify.numbers import outbox_numbers, subscriber_counts
from obshto.platform.notify.permissions import NotifyPermission
from obshto.platform.notify.phone import confirmed, sent
from obshto.platform.notify.posted import LISTS, PAGE, message_of, messages_before
from obshto.platform.notify.senders import senders_of
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.sms.asking import asked_phone
from obshto.platform.notify.sms.reports import STOP
from obshto.platform.notify.subscribers import subscribe
from obshto.platform.notify.suppression import is_of_the_address
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_principal, current_work
from obshto.platform.web.moves import see_other
from obshto.platform.web.older import asked_before, older_than

console = Blueprint("notify_console", __name__)


@console.get("/")
@requires(NotifyPermission.SUBSCRIBE)
def index() -> str:
    work = current_work()
    return render_template(
        "notify/console.html",
        counts=subscriber_counts(work),
        numbers=outbox_numbers(work),
        settings=letters_settings(work),
        paces=PACES,
        sees_senders=current_principal().may(NotifyPermission.SENDERS),
        sees_outbox=current_principal().may(NotifyPermission.OUTBOX),
    )


@console.get("/outbox")
@requires(NotifyPermission.OUTBOX)
def outbox() -> str:
    """One by one, nobody named; each leads to how it went."""
    which, before = request.args.get("list", ""), asked_before()
    if which not in LISTS:
        abort(404)
    page = messages_before(current_work(), before, which=which)
    more = older_than([one.message.id for one in page], PAGE)
    return render_template("notify/outbox.html", page=page, which=which, before=before, more=more)


@console.get("/outbox/<uuid:message_id>")
@requires(NotifyPermission.OUTBOX)
def message(message_id: UUID) -> str:
    found = message_of(current_work(), message_id)
    return render_template("notify/message.html", it=found, is_gone=is_of_the_address)


@console.get("/senders")
@requires(NotifyPermission.SENDERS)
def senders() -> str:
    return render_template("notify/senders.html", it=senders_of(current_work()), stop=sorted(STOP))


@console.route("/new", methods=["GET", "POST"])
@requires(NotifyPermission.SUBSCRIBE)
def ask() -> str | tuple[str, int] | Response:
    work = current_work()
    form = CounterForm(places=places_here(work))
    if form.validate_on_submit():
        subscribe(work, form.email.data, form.wishes(), request_id=form.request_id.data)
        return see_other("notify_console.index", said="notify.asked")
    page = render_template("notify/counter.html", form=form)
    return (page, 422) if form.errors else page


@console.route("/phone", methods=["GET", "POST"])
@requires(NotifyPermission.SUBSCRIBE)
def ask_phone() -> str | tuple[str, int] | Response:
    """The number, then on the same page the code that the person reads out."""
    work = current_work()
    form = CounterPhoneForm(places=places_here(work), channel=Channel.SMS)
    if form.validate_on_submit() and (reader := sent(form)):
        return see_other(".ask_phone", reader=reader.id, said="notify.code-sent")
    waiting = asked_phone(work, request.args.get("reader", ""))
    code = CounterCodeForm(formdata=None, data={"phone": waiting.address if waiting else ""})
    return _phones(form, code, refused=bool(form.errors))


@console.post("/phone/code")
@requires(NotifyPermission.SUBSCRIBE)
def phone_code() -> str | tuple[str, int] | Response:
    work, code = current_work(), CounterCodeForm()
    if confirmed(code):
        return see_other("notify_console.index", said="notify.phone-confirmed")
    form = CounterPhoneForm(formdata=None, places=places_here(work), channel=Channel.SMS)
    return _phones(form, code, refused=True)


def _phones(
    form: CounterPhoneForm, code: CounterCodeForm, *, refused: bool
) -> str | tuple[str, int]:
    has_sms = bool(letters_settings(current_work()).sms_sender)
    page = render_template("notify/counter_phone.html", form=form, code=code, has_sms=has_sms)
    return (page, 422) if refused else page
