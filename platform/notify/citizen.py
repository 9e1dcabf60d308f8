"""Pages of who follows something: asking, confirming, changing, stopping."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.platform.errors import Conflict
from obshto.platform.notify import subscribers
from obshto.platform.notify.address import addresses, places_here
from obshto.platform.notify.delivery_history import told_to
from obshto.platform.notify.forms import ChangeForm, SubscribeForm, WishesForm, shown
from obshto.platform.notify.models import Subscriber
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.suppression import is_suppressed
from obshto.platform.notify.topics import names_of, titles_of, topics_here
from obshto.platform.web.access import from_machine, open_to_all, signed_in
from obshto.platform.web.csrf import is_foreign
from obshto.platform.web.forms import filled
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

citizen = Blueprint("notify_citizen", __name__)
Answer = str | tuple[str, int] | Response


@citizen.route("/", methods=["GET", "POST"])
@open_to_all
def subscribe() -> Answer:
    uow = current_uow()
    form = SubscribeForm(data=preselected(), places=places_here(uow))
    if form.validate_on_submit() and form.passes():
        subscribers.subscribe(uow, form.email.data, form.wishes())
        return see_other("notify_citizen.asked")
    shown = {"topics": topics_here(), "has_sms": bool(letters_settings(uow).sms_sender)}
    page = render_template("notify/subscribe.html", form=form, **shown)
    return (page, 422) if form.errors or form.is_asking else page


@citizen.get("/asked")
@open_to_all
def asked() -> str:
    return render_template("notify/asked.html")


@citizen.route("/mine", methods=["GET", "POST"])
@signed_in
def mine() -> Answer:
    """The same wishes under somebody's account."""
    uow, me, places = current_uow(), _me(), places_here(current_uow())
    reader = subscribers.subscriber_behind(uow, me)
    email = next((person.email for person in addresses().people([me])), "")
    form = ChangeForm(
        data=shown(reader, places) if reader else {"expected_version": 0}, places=places
    )
    if email and form.validate_on_submit():
        try:
            wishes, expected_version = form.wishes(), form.expected_version.data
            subscribers.subscribe_person(uow, me, email, wishes, expected_version=expected_version)
            return see_other("notify_citizen.mine", said="notify.saved")
        except Conflict as refusal:
            form.form_errors.append(str(refusal))
    told = told_to(uow, reader) if reader else []
    is_closed = reader is not None and is_suppressed(uow, reader.address)
    return filled(
        "notify/mine.html", form, reader=reader, email=email, told=told, is_closed=is_closed
    )


@citizen.post("/mine/stop")
@signed_in
def stop_mine() -> Response:
    uow = current_uow()
    if reader := subscribers.subscriber_behind(uow, _me(), to_change=True):
        subscribers.stop(uow, reader)
    return see_other("notify_citizen.mine", said="notify.stopped")


@citizen.route("/<token>", methods=["GET", "POST"])
@open_to_all
def show(token: str) -> Answer:
    uow = current_uow()
    g.is_personal = True
    reader = subscribers.subscriber_with(uow, token, to_change=request.method == "POST")
    places = places_here(uow)
    form = ChangeForm(data=shown(reader, places), places=places, channel=reader.channel)
    if form.validate_on_submit():
        try:
            subscribers.change(
                uow, reader, form.wishes(), expected_version=form.expected_version.data
            )
            return see_other("notify_citizen.show", token=token, said="notify.saved")
        except Conflict as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = reader.version
    return _page(reader, form, token)


@citizen.post("/<token>/confirm")
@open_to_all
def confirm(token: str) -> Response:
    uow = current_uow()
    reader = subscribers.subscriber_with(uow, token, to_change=True)
    subscribers.confirm(uow, reader)
    return see_other("notify_citizen.show", token=token, said="notify.confirmed")


@citizen.get("/<token>/stop")
@open_to_all
def ask_to_stop(token: str) -> str:
    g.is_personal = True
    reader = subscribers.subscriber_with(current_uow(), token)
    return render_template("notify/stop.html", reader=reader, token=token)


@citizen.post("/<token>/end")
@open_to_all
def stop(token: str) -> Response:
    uow = current_uow()
    subscribers.stop(uow, subscribers.subscriber_with(uow, token, to_change=True))
    return see_other("notify_citizen.stopped")


@citizen.get("/stopped")
@open_to_all
def stopped() -> str:
    return render_template("notify/stopped.html")


def is_one_click() -> bool:
    """A mail program says so (RFC 8058 §3.2) with no cookie and no page of ours before it; the
    token in the address is what proves it. What a page elsewhere sends is refused all the same.
    """
    if is_foreign():
        abort(403)
    return request.form.get("List-Unsubscribe") == "One-Click"


@citizen.post("/<token>/stop")
@from_machine(is_one_click)
def stop_at_one_click(token: str) -> Answer:
    uow = current_uow()
    subscribers.stop(uow, subscribers.subscriber_with(uow, token, to_change=True))
    return "", 200


def _page(reader: Subscriber, form: WishesForm, token: str) -> Answer:
    uow, language = current_uow(), current_language()
    follows = (
        titles_of(reader.topics),
        names_of(reader.places, places_here(uow), language),
    )
    template = "notify/show.html" if reader.confirmed_at else "notify/confirm.html"
    return filled(
        template,
        form,
        reader=reader,
        token=token,
        follows=follows,
        told=told_to(uow, reader),
        is_closed=is_suppressed(uow, reader.address),
    )


def preselected() -> dict[str, list[str]]:
    """What was looked at on the page before."""
    asked = {"topics": request.args.getlist("topic"), "places": request.args.getlist("place")}
    return {name: chosen for name, chosen in asked.items() if any(chosen)}


def _me() -> UUID:
    return current_principal().person_id or abort(403)
