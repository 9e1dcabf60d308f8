"""Staff pages of polls: paper in, results out."""

from __future__ import annotations

from uuid import UUID, uuid4

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.polls.console.polls import Answer, allowed, console
from obshto.modules.polls.errors import FormUsed
from obshto.modules.polls.forms import ballots
from obshto.modules.polls.models import Poll
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.services import export, queries, results, sheets
from obshto.modules.polls.services.groups import breakdowns_of, places_asked
from obshto.modules.polls.services.paper import how_to_answer, sheet_as_pdf
from obshto.modules.polls.services.report import report_of
from obshto.modules.polls.services.states import state_of
from obshto.platform.content.qr import qr_code
from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file, private_pdf
from obshto.platform.web.forms import filled
from obshto.platform.web.language import SOURCE, current_language, speaking
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import ages


@console.route("/<uuid:poll_id>/sheets", methods=["GET", "POST"])
@requires(PollsPermission.ENTER)
def enter(poll_id: UUID) -> Answer:
    uow = current_uow()
    poll = queries.poll_of(uow, poll_id)
    asked = queries.asked_of(uow, poll.id)
    form = ballots.sheet_of(asked, places_asked(uow, poll, current_language()))()
    if form.validate_on_submit():
        try:
            return _count(uow, poll, form)
        except FormUsed as refusal:
            form.request_id.data = uuid4()  # who has looked sends another sheet
            form.form_errors.append(str(refusal))
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    state = state_of(poll, uow.now)
    form.tell_if_late(state)
    numbers, after = sheets.entered(uow, poll), request.args.get("after", 0, type=int)
    if not form.is_submitted():
        form.begin_with(sheets.next_number(numbers, after))
    shown = {"mark": form.asked_as, "missing": sheets.missing(numbers), "after": after}
    return filled("polls/sheets.html", form, poll=poll, asked=asked, state=state, **shown)


def _count(uow: UnitOfWork, poll: Poll, form: ballots.SheetForm) -> Response:
    form.check_mark()
    number = form.number.data
    given = {"number": number, "request_id": form.request_id.data}
    is_new = sheets.enter_sheet(uow, poll, form.answers(), **given)
    said = "polls.entered" if is_new else "polls.entered-before"
    return see_other("polls_console.enter", poll_id=poll.id, said=said, after=number)


@console.get("/<uuid:poll_id>/paper")
@requires(PollsPermission.ENTER)
def paper(poll_id: UUID) -> str:
    uow = current_uow()
    poll = queries.poll_of(uow, poll_id)
    asked = queries.asked_of(uow, poll.id)
    address = _address(poll_id)
    shown = {"poll": poll, "asked": asked, "address": address, "code": qr_code(address)}
    shown |= {"how": how_to_answer(poll), "mark": sheets.mark_of(asked), "ages": ages()}
    return render_template("polls/paper.html", **shown)


@console.get("/<uuid:poll_id>/paper.pdf")
@requires(PollsPermission.ENTER)
def sheet(poll_id: UUID) -> Response:
    uow, language = current_uow(), current_language()
    poll = queries.poll_of(uow, poll_id)
    asked, address = queries.asked_of(uow, poll.id), _address(poll_id)
    pdf = sheet_as_pdf(uow, poll, asked, address=address, language=language)
    return private_pdf(f"sheet-{poll.id}", pdf)


def _address(poll_id: UUID) -> str:
    return url_for("polls_citizen.show", poll_id=poll_id, _external=True)


@console.get("/<uuid:poll_id>/results")
@requires(PollsPermission.READ)
def read(poll_id: UUID) -> str:
    uow = current_uow()
    poll = queries.poll_of(uow, poll_id)
    found = results.results_of(uow, poll, asked := queries.asked_of(uow, poll.id))
    texts = results.texts_of(uow, poll, asked, found)
    shown = {"poll": poll, "asked": asked, "results": found, "texts": texts}
    breakdowns = breakdowns_of(uow, poll, asked, found, current_language())
    return render_template("polls/results.html", breakdowns=breakdowns, **shown, **allowed())


@console.get("/<uuid:poll_id>/results.csv")
@requires(PollsPermission.READ)
def download(poll_id: UUID) -> Response:
    uow = current_uow()
    poll = queries.poll_of(uow, poll_id)
    found = results.results_of(uow, poll, asked := queries.asked_of(uow, poll.id))
    with speaking(SOURCE):  # what is asked stands in it as it was written
        breakdowns = breakdowns_of(uow, poll, asked, found, SOURCE)
        head, rows = export.head_of(breakdowns), [*export.rows_of(found, breakdowns)]
    return csv_file(f"poll-{poll.id}.csv", head, rows)


@console.get("/<uuid:poll_id>/results.pdf")
@requires(PollsPermission.READ)
def report(poll_id: UUID) -> Response:
    uow, language = current_uow(), current_language()
    poll = queries.poll_of(uow, poll_id)
    found = results.results_of(uow, poll, asked := queries.asked_of(uow, poll.id))
    breakdowns = breakdowns_of(uow, poll, asked, found, language)
    return private_pdf(f"poll-{poll.id}", report_of(uow, poll, found, breakdowns, language))
