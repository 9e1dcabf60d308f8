"""Public pages of polls."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4, uuid5

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from obshto.modules.polls.errors import AskedAnew
from obshto.modules.polls.forms.ballots import DEVICE, BallotForm, ballot_of, preselected
from obshto.modules.polls.models import Poll
from obshto.modules.polls.services import queries
from obshto.modules.polls.services.ballots import (
    Names,
    answer_poll,
    has_answered,
    must_sign_in,
    names_of,
)
from obshto.modules.polls.services.definitions import PollDefinition, definition_of
from obshto.modules.polls.services.groups import places_asked
from obshto.modules.polls.services.pictures import picture_for
from obshto.modules.polls.services.results import results_of
from obshto.modules.polls.services.states import State, Who, state_of
from obshto.platform.errors import DomainError
from obshto.platform.storage.downloads import send_file
from obshto.platform.thread.lines import line_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.device import device_token, remember_device
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

citizen = Blueprint("polls_citizen", __name__)
TRIED = "cookie"  # of the address that a browser comes to when a cookie was set for it
Answer = str | tuple[str, int] | Response


@citizen.get("/")
@open_to_all
def index() -> str:
    uow = current_uow()
    page = paginate(uow.session, queries.public(), page_number())
    states = {poll.id: state_of(poll, uow.now) for poll in page.rows}
    return render_template("polls/index.html", page=page, states=states)


@citizen.route("/<uuid:poll_id>", methods=["GET", "POST"])
@open_to_all
def show(poll_id: UUID) -> Answer:
    if request.method == "POST":
        return _answered(definition_of(current_uow(), poll_id))
    poll = queries.public_poll(current_uow(), poll_id)
    asked = queries.asked_of(current_uow(), poll_id)
    g.way_back = poll.path  # what was chosen of it would stand beside who signs in
    return _page(poll, asked, _ballot(poll, asked))


@citizen.get("/pictures/<uuid:picture_id>")
@open_to_all
def picture(picture_id: UUID) -> Response:
    uow = current_uow()
    return send_file(uow, picture_for(uow, picture_id))


def _answered(given: PollDefinition) -> Answer:
    """The poll itself is read by the statement that locks it, and anew for a page."""
    uow, poll = current_uow(), given.poll
    form = _form_of(given)
    g.way_back = poll.path
    if _is_unnamed(poll):
        return _named(poll) or _page(queries.public_poll(uow, poll.id), given.asked, form)
    if form.validate_on_submit() and (current_principal().is_known or form.passes(work=uow)):
        token = device_token(DEVICE) or str(form.request_id.data)
        try:
            answer_poll(uow, poll, form.answers(), names=_names(poll, token))
            return _thanks(poll, token)
        except AskedAnew as refusal:
            return _asked_anew(poll.id, str(refusal))
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    uow.session.rollback()  # nobody waits while the page is made
    return _page(queries.public_poll(uow, poll.id), given.asked, form)


def _asked_anew(poll_id: UUID, sentence: str) -> Answer:
    uow = current_uow()
    uow.session.rollback()
    poll, asked = queries.public_poll(uow, poll_id), queries.asked_of(uow, poll_id)
    form = _ballot(poll, asked)
    form.form_errors.append(sentence)
    return _page(poll, asked, form)


def _form_of(given: PollDefinition) -> BallotForm:
    """Its class is made once, but for a poll that asks for settlements: they are the region's."""
    if given.poll.asks_about:
        return _ballot(given.poll, given.asked)
    language = current_language()
    made = given.forms.get(language)
    if made is None:
        made = given.forms[language] = ballot_of(given.asked, language)
    return _filled(made, given.poll, given.asked)


def _ballot(poll: Poll, asked: Sequence[queries.Asked]) -> BallotForm:
    language = current_language()
    places = places_asked(current_uow(), poll, language)
    return _filled(ballot_of(asked, language, places), poll, asked)


def _filled(form: type[BallotForm], poll: Poll, asked: Sequence[queries.Asked]) -> BallotForm:
    given = {name: request.args.getlist(name) for name in request.args}
    return form(formdata=_sent(poll), data=preselected(asked, given))


def _sent(poll: Poll) -> MultiDict[str, str] | None:
    """The fields; the home page's `request_id` follows from the cookie and the poll."""
    if request.method != "POST":
        return None
    sent, token = MultiDict(request.form), device_token(DEVICE)
    sent.setdefault("request_id", str(uuid5(poll.id, token) if token else uuid4()))
    return sent


def _page(poll: Poll, asked: Sequence[queries.Asked], form: BallotForm) -> Answer:
    uow, is_sent = current_uow(), request.method == "POST"
    state = state_of(poll, uow.now)
    form.tell_if_late(state)
    # The form has an id of its own and the page knows who has answered: it is kept nowhere.
    g.is_personal = state == State.OPEN or is_sent
    is_open = state == State.OPEN
    is_unsent = not is_sent or _is_unnamed(poll)
    has = (
        is_open
        and not is_sent
        and has_answered(uow, poll, _names(poll, device_token(DEVICE)).known)
    )
    page = render_template(
        "polls/show.html",
        poll=poll,
        asked=asked,
        form=form,
        state=state,
        results=results_of(uow, poll, asked),
        has_answered=has,
        is_shared=is_open and not has and _is_shared(poll),
        must_sign_in=must_sign_in(uow, poll),
        is_chosen=is_unsent and any(form[one.field].data for one in asked),
        thread=line_of(uow, "polls", poll.id),
    )
    return (page, 422) if form.errors or form.form_errors or form.is_asking else page


def _is_unnamed(poll: Poll) -> bool:
    """Pressed on the home page without JavaScript: that page is one for all, so its form has no
    `request_id`, and this browser has no cookie yet.
    """
    is_whole = "request_id" in request.form or device_token(DEVICE) or current_principal().is_known
    return request.method == "POST" and poll.who == Who.ANYONE and not is_whole


def _named(poll: Poll) -> Response | None:
    """The same answer once more, with a cookie by which a second press is the first one; None
    where the browser keeps no cookies.
    """
    if TRIED in request.args:
        return None
    again = redirect(f"{url_for('.show', poll_id=poll.id)}?{TRIED}=1", 307)
    remember_device(again, DEVICE, str(uuid4()))
    return again


def _is_shared(poll: Poll) -> bool:
    """Whether somebody has answered from this device, and not who is signed in now."""
    device = names_of(poll, person_id=None, token=device_token(DEVICE))
    return current_principal().is_known and has_answered(current_uow(), poll, device.known)


def _thanks(poll: Poll, token: str) -> Response:
    answer = see_other("polls_citizen.show", poll_id=poll.id, said="polls.answered")
    if poll.who == Who.ANYONE:
        remember_device(answer, DEVICE, token)
    return answer


def _names(poll: Poll, token: str) -> Names:
    return names_of(poll, person_id=current_principal().person_id, token=token)
