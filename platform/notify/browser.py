"""The page on which somebody lets their browser or phone show notifications."""

from __future__ import annotations

from typing import cast

from flask import current_app, render_template

from obshto.platform.notify.address import places_here
from obshto.platform.notify.citizen import Answer, citizen, preselected
from obshto.platform.notify.forms import EVERYWHERE, PushForm
from obshto.platform.notify.models import Channel
from obshto.platform.notify.names import PUSHER
from obshto.platform.notify.push.asking import subscribe_browser
from obshto.platform.notify.push.pushing import Pusher
from obshto.platform.notify.subscribers import token_of
from obshto.platform.notify.topics import topics_here
from obshto.platform.web.access import open_to_all
from obshto.platform.web.edge import current_principal, current_work
from obshto.platform.web.moves import see_other


@citizen.route("/push", methods=["GET", "POST"])
@open_to_all
def push() -> Answer:
    """All topics and the whole municipality are ticked: one tap is enough."""
    work, topics = current_work(), topics_here()
    ticked = {"topics": list(topics), "places": [EVERYWHERE], **preselected()}
    form = PushForm(data=ticked, places=places_here(work), channel=Channel.PUSH)
    if form.validate_on_submit() and form.passes():
        me = current_principal().person_id
        reader = subscribe_browser(work, form.subscription.data, form.wishes(), person_id=me)
        return see_other("notify_citizen.show", token=token_of(reader), said="notify.confirmed")
    key = cast(Pusher, current_app.extensions[PUSHER]).public_key
    if said := form.subscription.errors:
        form.form_errors.extend(said)
    page = render_template("notify/push.html", form=form, topics=topics, key=key)
    return (page, 422) if form.errors or form.is_asking else page
