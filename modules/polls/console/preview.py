"""Staff pages of polls: seen and tried as citizens will, and nothing is counted."""

from __future__ import annotations

from uuid import UUID

from flask import g

from obshto.modules.polls.console.polls import Answer, console
from obshto.modules.polls.forms.ballots import ballot_of
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.services import queries
from obshto.modules.polls.services.groups import places_asked
from obshto.modules.polls.services.states import State
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled
from obshto.platform.web.language import current_language
from obshto.platform.web.request_uow import current_uow


@console.route("/<uuid:poll_id>/preview", methods=["GET", "POST"])
@requires(PollsPermission.WRITE)
def preview(poll_id: UUID) -> Answer:
    uow, language = current_uow(), current_language()
    poll = queries.poll_of(uow, poll_id)
    g.is_preview = True  # may be framed by our own page
    asked = queries.asked_of(uow, poll.id)
    form = ballot_of(asked, language, places_asked(uow, poll, language))()
    tried = form.answers() if form.validate_on_submit() else None
    shown = {"poll": poll, "asked": asked, "state": State.OPEN, "is_preview": True}
    return filled("polls/show.html", form, tried=tried, **shown)
