"""Public pages of results: turnout by hour, the result with its reasons; a section's own page."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, current_app, render_template, request
from flask_babel import lazy_gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from obshto.modules.results.errors import NoSuchCount, WrongSectionCode
from obshto.modules.results.forms.page_context import common_words, vote_words
from obshto.modules.results.forms.section import OwnTurnoutForm, SectionCodeForm
from obshto.modules.results.models import VoteNight
from obshto.modules.results.services.codes import section_with_code
from obshto.modules.results.services.control_sums import NAMES
from obshto.modules.results.services.nights import night_of, nights_of
from obshto.modules.results.services.protocols import read_protocol
from obshto.modules.results.services.states import COUNTED, COUNTING, PROTOCOL_STATES
from obshto.modules.results.services.totals import protocol_lines
from obshto.modules.results.services.turnout import report_turnout, reports_of
from obshto.modules.results.services.votes import closes_at, turnout_hours, vote_of, votes_here
from obshto.platform.clock import next_midnight
from obshto.platform.errors import DomainError
from obshto.platform.modularity.polling_places import CalledVote, PollingPlace
from obshto.platform.notify.sms.inbound_messages import answerable_number
from obshto.platform.web.access import open_to_all
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import filled
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.validity import keep_until

citizen = Blueprint("results_citizen", __name__)
Answer = str | tuple[str, int]
TICKET = 36 * 60 * 60  # seconds: from before the first hour until the night is over
Whose = tuple[CalledVote, VoteNight, PollingPlace]
HEAD = (_("Секция"), _("Състояние"), *NAMES.values(), _("Обяснение"))


@citizen.get("/")
@open_to_all
def index() -> str:
    """Votes that are called or were held."""
    uow = current_uow()
    votes = votes_here(uow)
    keep_until(next_midnight(uow.now))
    known = nights_of(uow, [vote.id for vote in votes])
    return render_template("results/index.html", votes=votes, nights=known, **common_words(uow))


@citizen.get("/<uuid:vote_id>")
@open_to_all
def show(vote_id: UUID) -> str:
    """Before the day, on it, in the night, after: whatever is known, with its reasons."""
    uow = current_uow()
    vote = vote_of(uow, vote_id)
    ends, midnight = closes_at(uow, vote), next_midnight(uow.now)
    keep_until(min(ends, midnight) if ends > uow.now else midnight)
    return render_template("results/show.html", **vote_words(uow, vote))


@citizen.get("/<uuid:vote_id>/protocols.csv")
@open_to_all
def table(vote_id: UUID) -> Response:
    """Protocols of all sections once the result is announced. Raises NoSuchCount before."""
    uow = current_uow()
    vote = vote_of(uow, vote_id)
    if night_of(uow, vote).state == COUNTING:
        raise NoSuchCount
    lines = [
        [
            str(row.number),
            str(PROTOCOL_STATES[row.state]),
            *(str(getattr(row, name)) if row.state in COUNTED else "" for name in NAMES),
            row.words,
        ]
        for row in protocol_lines(uow, vote)
    ]
    return csv_file("protokoli.csv", HEAD, lines)


@citizen.route("/section", methods=["GET", "POST"])
@open_to_all
def section() -> Answer:
    """A member of a commission opens the section's page by its code."""
    form = SectionCodeForm()
    if form.validate_on_submit() and form.passes():
        try:
            number, code = form.number.data, form.code.data
            whose = section_with_code(current_uow(), number, code)
            return _own_page(whose, _fresh_form(_tickets().dumps([number, code])))
        except DomainError as refusal:
            form.code.errors = [str(refusal)]
    return _code_page(form)


@citizen.post("/section/turnout")
@open_to_all
def own_turnout() -> Answer:
    """So many voted by that hour. The same again changes nothing; the page stays open."""
    uow, form = current_uow(), OwnTurnoutForm()
    try:
        number, code = _tickets().loads(form.ticket.data or "", max_age=TICKET)
        whose = section_with_code(uow, number, code)
    except (BadSignature, WrongSectionCode):
        return _ask_again()
    form.offer(turnout_hours(uow))
    if not form.validate_on_submit():
        return _own_page(whose, form)
    vote, _night, place = whose
    try:
        hour, voted = int(form.hour.data), form.voted.data
        report_turnout(uow, vote, place, hour, voted, by_section=True)
    except DomainError as refusal:
        form.voted.errors = [str(refusal)]
        return _own_page(whose, form)
    return _own_page(whose, _fresh_form(form.ticket.data), is_saved=True)


def _tickets() -> URLSafeTimedSerializer:
    """Of pages opened by a code: nobody makes one, so nobody guesses codes past the brake."""
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt=f"results|{request.host}")


def _fresh_form(ticket: str | None) -> OwnTurnoutForm:
    return OwnTurnoutForm(formdata=None, ticket=ticket)


def _ask_again() -> Answer:
    """The page opens nothing any more: the code was changed, or the result is announced."""
    asked = SectionCodeForm(formdata=None)
    asked.code.errors = [str(WrongSectionCode())]
    return _code_page(asked)


def _code_page(form: SectionCodeForm) -> Answer:
    number = answerable_number(current_uow())
    return filled("results/section_code.html", form, sms_number=number)


def _own_page(whose: Whose, form: OwnTurnoutForm, *, is_saved: bool = False) -> Answer:
    uow = current_uow()
    vote, night, place = whose
    form.offer(turnout_hours(uow))
    return filled(
        "results/own_section.html",
        form,
        vote=vote,
        night=night,
        place=place,
        reports=reports_of(uow, vote).get(place.id, {}),
        protocol=read_protocol(uow, vote, place).row,
        is_saved=is_saved,
        **common_words(uow),
    )
