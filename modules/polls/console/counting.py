"""Staff pages of polls: paper in, results out."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from werkzeug.wrappers import Response

from obshto.modules.polls.console.polls import Answer, console
from obshto.modules.polls.forms import ballots
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.services import reading, results, sheets
from obshto.modules.polls.services.states import state_of
from obshto.platform.content.qr import qr_code
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.files import csv_file
from obshto.platform.web.forms import filled
from obshto.platform.web.moves import see_other


@console.route("/<uuid:poll_id>/sheets", methods=["GET", "POST"])
@requires(PollsPermission.ENTER)
def enter(poll_id: UUID) -> Answer:
    work = current_work()
    poll = reading.poll_of(work, poll_id)
    asked = reading.asked_of(work, poll.id)
    form = ballots.sheet_of(asked)(data={"number": sheets.next_number(work, poll)})
    if form.validate_on_submit():
        try:
            given = {"number": form.number.data, "request_id": form.request_id.data}
            sheets.enter_sheet(work, poll, form.answers(), **given)
            return see_other("polls_console.enter", poll_id=poll_id, said="polls.entered")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    state = state_of(poll, work.now)
    return filled("polls/sheets.html", form, poll=poll, asked=asked, state=state)


@console.get("/<uuid:poll_id>/paper")
@requires(PollsPermission.ENTER)
def paper(poll_id: UUID) -> str:
    work = current_work()
    poll = reading.poll_of(work, poll_id)
    asked = reading.asked_of(work, poll.id)
    address = url_for("polls_citizen.show", poll_id=poll.id, _external=True)
    shown = {"poll": poll, "asked": asked, "address": address, "code": qr_code(address)}
    return render_template("polls/paper.html", **shown)


@console.get("/<uuid:poll_id>/results")
@requires(PollsPermission.READ)
def read(poll_id: UUID) -> str:
    work = current_work()
    poll = reading.poll_of(work, poll_id)
    found = results.results_of(work, poll, asked := reading.asked_of(work, poll.id))
    texts = results.texts_of(work, poll, found)
    shown = {"poll": poll, "asked": asked, "results": found, "texts": texts}
    return render_template("polls/results.html", state=state_of(poll, work.now), **shown)


@console.get("/<uuid:poll_id>/results.csv")
@requires(PollsPermission.READ)
def download(poll_id: UUID) -> Response:
    work = current_work()
    poll = reading.poll_of(work, poll_id)
    found = results.results_of(work, poll, reading.asked_of(work, poll.id))
    return csv_file(f"poll-{poll.id}.csv", results.HEAD, results.rows_of(found))
