"""Staff pages of messages: a subscription for somebody at the counter, how many there are."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from obshto.platform.notify.address import places_here
from obshto.platform.notify.forms import PACES, CounterForm
from obshto.platform.notify.numbers import outbox_numbers, subscriber_counts
from obshto.platform.notify.permissions import NotifyPermission
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.subscribers import subscribe
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.moves import see_other

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
    )


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
