"""Staff pages of polls: seen and tried as citizens will, and nothing is counted."""

from __future__ import annotations

from uuid import UUID

from flask import g

from obshto.modules.polls.console.polls import Answer, console
from obshto.modules.polls.forms.ballots import ballot_of
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.services import reading
from obshto.modules.polls.services.groups import places_asked
from obshto.modules.polls.services.states import State
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import filled
from obshto.platform.web.language import current_language


@console.route("/<uuid:poll_id>/preview", methods=["GET", "POST"])
@requires(PollsPermission.WRITE)
def preview(poll_id: UUID) -> Answer:
    work, language = current_work(), current_language()
    poll = reading.poll_of(work, poll_id)
    g.is_preview = True  # may be framed by our own page
    asked = reading.asked_of(work, poll.id)
    form = ballot_of(asked, language, places_asked(work, poll, language))()
    tried = form.answers() if form.validate_on_submit() else None
    shown = {"poll": poll, "asked": asked, "state": State.OPEN, "is_preview": True}
    return filled("polls/show.html", form, tried=tried, **shown)
