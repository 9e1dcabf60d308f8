"""Staff pages of polls: what other municipalities asked, and a draft made of it."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from werkzeug.wrappers import Response

from obshto.modules.polls.console.polls import console
from obshto.modules.polls.forms.polls import CopyForm
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.services import copying
from obshto.modules.polls.services.groups import slug_of
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import filled
from obshto.platform.web.moves import see_other


@console.get("/others")
@requires(PollsPermission.WRITE)
def others() -> str:
    return render_template("polls/others.html", offers=copying.offers(current_work()))


@console.route("/others/<uuid:poll_id>", methods=["GET", "POST"])
@requires(PollsPermission.WRITE)
def copy(poll_id: UUID) -> str | tuple[str, int] | Response:
    work, form = current_work(), CopyForm()
    offered = copying.offer_of(work, poll_id)
    if form.validate_on_submit():
        poll = copying.copy_poll(work, offered, request_id=form.request_id.data)
        return see_other("polls_console.show", poll_id=poll.id, said="polls.copied")
    is_own = offered.municipality == slug_of(work)
    own, others = url_for("polls_console.show", poll_id=poll_id), url_for("polls_console.others")
    shown = {"offered": offered, "is_own": is_own, "before": own if is_own else others}
    return filled("polls/copy.html", form, pictures=copying.pictures_of(offered), **shown)
