"""Staff pages of polls: what other municipalities asked, and a draft made of it."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from werkzeug.wrappers import Response

from obshto.modules.polls.console.polls import console
from obshto.modules.polls.forms.polls import CopyForm
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.services import copies
from obshto.modules.polls.services.groups import slug_of
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.get("/others")
@requires(PollsPermission.WRITE)
def others() -> str:
    return render_template("polls/others.html", offers=copies.offers(current_uow()))


@console.route("/others/<uuid:poll_id>", methods=["GET", "POST"])
@requires(PollsPermission.WRITE)
def copy(poll_id: UUID) -> str | tuple[str, int] | Response:
    uow, form = current_uow(), CopyForm()
    offered = copies.offer_of(uow, poll_id)
    if form.validate_on_submit():
        poll = copies.copy_poll(uow, offered, request_id=form.request_id.data)
        return see_other("polls_console.show", poll_id=poll.id, said="polls.copied")
    is_own = offered.municipality == slug_of(uow)
    own, others = url_for("polls_console.show", poll_id=poll_id), url_for("polls_console.others")
    shown = {"offered": offered, "is_own": is_own, "before": own if is_own else others}
    return filled("polls/copy.html", form, pictures=copies.pictures_of(offered), **shown)
