"""The page on which somebody lets their browser or phone show notifications."""

from __future__ import annotations

from typing import cast

from flask import current_app, render_template

from obshto.platform.notify.address import places_here
from obshto.platform.notify.citizen import Answer, citizen, preselected
from obshto.platform.notify.forms import EVERYWHERE, PushForm
from obshto.platform.notify.job_names import PUSHER
from obshto.platform.notify.models import Channel
from obshto.platform.notify.push.subscriptions import subscribe_browser
from obshto.platform.notify.push.web_push import Pusher
from obshto.platform.notify.subscribers import token_of
from obshto.platform.notify.topics import topics_here
from obshto.platform.web.access import open_to_all
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


@citizen.route("/push", methods=["GET", "POST"])
@open_to_all
def push() -> Answer:
    """All topics and the whole municipality are ticked: one tap is enough."""
    uow, topics = current_uow(), topics_here()
    ticked = {"topics": list(topics), "places": [EVERYWHERE], **preselected()}
    form = PushForm(data=ticked, places=places_here(uow), channel=Channel.PUSH)
    if form.validate_on_submit() and form.passes():
        me = current_principal().person_id
        reader = subscribe_browser(uow, form.subscription.data, form.wishes(), person_id=me)
        return see_other("notify_citizen.show", token=token_of(reader), said="notify.confirmed")
    key = cast(Pusher, current_app.extensions[PUSHER]).public_key
    if said := form.subscription.errors:
        form.form_errors.extend(said)
    page = render_template("notify/push.html", form=form, topics=topics, key=key)
    return (page, 422) if form.errors or form.is_asking else page
