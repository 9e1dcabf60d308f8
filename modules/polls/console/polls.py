"""Staff pages of polls: writing, opening, following up."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.polls.errors import ClosesTooEarly, NothingAsked
from obshto.modules.polls.forms import polls as forms
from obshto.modules.polls.models import Poll
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.services import library, queries
from obshto.modules.polls.services import polls as acts
from obshto.modules.polls.services.results import told_answers
from obshto.modules.polls.services.states import KINDS, WHO, state_of
from obshto.modules.polls.services.wishes import about_module
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.forms import FlaskForm, filled, seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

console = Blueprint("polls_console", __name__)
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(PollsPermission.SEE)
def index() -> str:
    uow = current_uow()
    lists = queries.lists(uow.now)
    chosen = request.args.get("list", "open")
    rows = lists[chosen] if chosen in lists else abort(404)
    numbers = counts(uow, lists)
    page = paginate(uow.session, rows, page_number(), total=numbers[chosen])
    states = {poll.id: state_of(poll, uow.now) for poll in page.rows}
    told = {poll.id: told_answers(poll, uow.now) for poll in page.rows}
    shown = {"page": page, "chosen": chosen, "counts": numbers, "states": states, "told": told}
    return render_template("polls/console.html", **shown, **allowed())


@console.route("/new", methods=["GET", "POST"])
@requires(PollsPermission.WRITE)
def write() -> Answer:
    form, uow = forms.NewPollForm(data=about_module(request.args.get("about", ""))), current_uow()
    if form.validate_on_submit():
        try:
            request_id = form.request_id.data
            poll = acts.write_poll(uow, form.draft(), request_id=request_id)
            if acts.draft_of(poll) != form.draft():
                return _written_before(poll, form)
            if form.ready.data:
                library.ask_ready_made(uow, poll, form.ready.data, request_id=request_id)
            return back(poll.id, "polls.written")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("polls/write.html", form)


@console.get("/<uuid:poll_id>")
@requires(PollsPermission.SEE)
def show(poll_id: UUID) -> str:
    return overview(queries.poll_of(current_uow(), poll_id))


def overview(poll: Poll, refusal: str = "") -> str:
    """The page of a poll, with what could not be done on it."""
    uow = current_uow()
    asked = queries.asked_of(uow, poll.id)
    state = state_of(poll, uow.now)
    shown = {"poll": poll, "asked": asked, "state": state, "kinds": KINDS, "who": WHO}
    shown |= {"told": told_answers(poll, uow.now), "refusal": refusal}
    return render_template("polls/overview.html", **shown, **allowed())


def allowed() -> dict[str, bool]:
    """What who looks may do, so that no page offers what it then refuses."""
    words = PollsPermission
    may = {"write": words.WRITE, "publish": words.PUBLISH, "enter": words.ENTER, "read": words.READ}
    return {f"may_{act}": current_principal().may(word) for act, word in may.items()}


@console.route("/<uuid:poll_id>/text", methods=["GET", "POST"])
@requires(PollsPermission.WRITE)
def edit(poll_id: UUID) -> Answer:
    poll = poll_named(poll_id)
    form = forms.EditPollForm(data=forms.filled(poll))
    if form.validate_on_submit():
        try:
            acts.edit_poll(
                current_uow(), poll, form.draft(), expected_version=form.expected_version.data
            )
            return back(poll_id, "polls.saved")
        except DomainError as refusal:
            refuse(form, refusal, poll)
    return filled("polls/text.html", form, poll=poll)


@console.get("/<uuid:poll_id>/open")
@requires(PollsPermission.PUBLISH)
def ask_to_open(poll_id: UUID) -> str:
    return _to_open(queries.poll_of(current_uow(), poll_id))


@console.post("/<uuid:poll_id>/open")
@requires(PollsPermission.PUBLISH)
def open_now(poll_id: UUID) -> Answer:
    poll = poll_named(poll_id)
    try:
        acts.open_poll(current_uow(), poll, expected_version=seen_here())
    except (NothingAsked, ClosesTooEarly) as refusal:
        return _to_open(poll, str(refusal)), 422
    return back(poll_id, "polls.opened")


def _to_open(poll: Poll, refusal: str = "") -> str:
    number = len(queries.asked_of(current_uow(), poll.id))
    shown = {"poll": poll, "number": number, "who": WHO, "refusal": refusal}
    return render_template("polls/open.html", **shown)


@console.get("/<uuid:poll_id>/close")
@requires(PollsPermission.PUBLISH)
def ask_to_close(poll_id: UUID) -> str:
    return render_template("polls/close.html", poll=queries.poll_of(current_uow(), poll_id))


@console.post("/<uuid:poll_id>/close")
@requires(PollsPermission.PUBLISH)
def close(poll_id: UUID) -> Response:
    acts.close_poll(current_uow(), poll_named(poll_id), expected_version=seen_here())
    return back(poll_id, "polls.closed")


@console.route("/<uuid:poll_id>/extend", methods=["GET", "POST"])
@requires(PollsPermission.PUBLISH)
def extend(poll_id: UUID) -> Answer:
    poll = poll_named(poll_id)
    shown = forms.filled_part(poll, "note", poll.version)
    form = forms.ExtendPollForm(data={**shown, "closes_at": poll.closes_at})
    if form.validate_on_submit():
        try:
            acts.extend_poll(
                current_uow(),
                poll,
                closes_at=form.end(),
                note=form.note.data.strip(),
                words=forms.words_of(form, "note"),
                expected_version=form.expected_version.data,
            )
            return back(poll_id, "polls.extended")
        except DomainError as refusal:
            refuse(form, refusal, poll)
    return filled("polls/extend.html", form, poll=poll)


@console.route("/<uuid:poll_id>/outcome", methods=["GET", "POST"])
@requires(PollsPermission.PUBLISH)
def outcome(poll_id: UUID) -> Answer:
    poll, uow = poll_named(poll_id), current_uow()
    form = forms.OutcomeForm(data=forms.filled_part(poll, "outcome", poll.version))
    if form.validate_on_submit():
        try:
            words = forms.words_of(form, "outcome")
            said = form.outcome.data.strip()
            told = {"outcome": said, "words": words, "again": form.tells_again.data}
            acts.tell_outcome(uow, poll, **told, expected_version=form.expected_version.data)
            return back(poll_id, "polls.told")
        except DomainError as refusal:
            refuse(form, refusal, poll)
    return filled("polls/outcome.html", form, poll=poll)


@console.get("/<uuid:poll_id>/delete")
@requires(PollsPermission.PUBLISH)
def ask_to_delete(poll_id: UUID) -> str:
    uow = current_uow()
    poll = queries.poll_of(uow, poll_id)
    told = told_answers(poll, uow.now)
    return render_template("polls/delete.html", poll=poll, told=told)


@console.post("/<uuid:poll_id>/delete")
@requires(PollsPermission.PUBLISH)
def delete(poll_id: UUID) -> Response:
    acts.delete_poll(
        current_uow(), poll_named(poll_id, or_deleted=True), expected_version=seen_here()
    )
    return see_other("polls_console.index", list="deleted", said="polls.deleted")


@console.post("/<uuid:poll_id>/restore")
@requires(PollsPermission.PUBLISH)
def restore(poll_id: UUID) -> Response:
    acts.restore_poll(
        current_uow(), poll_named(poll_id, or_deleted=True), expected_version=seen_here()
    )
    return back(poll_id, "polls.restored")


def poll_named(poll_id: UUID, *, or_deleted: bool = False) -> Poll:
    """Locked when it is to be changed."""
    is_change = request.method == "POST"
    return queries.poll_of(current_uow(), poll_id, to_change=is_change, or_deleted=or_deleted)


def back(poll_id: UUID, said: str) -> Response:
    """To the page of the poll, which says what was done."""
    return see_other("polls_console.show", poll_id=poll_id, said=said)


def _written_before(poll: Poll, again: forms.NewPollForm) -> Answer:
    """Back, changed, sent once more: what was saved first, to be changed into what is typed now."""
    form = forms.EditPollForm(formdata=None, data=forms.filled(poll) | again.typed())
    form.form_errors.append(
        gettext(
            "Тази анкета вече е запазена. Ето я с това, което написахте сега: прегледайте го и"
            " запазете."
        )
    )
    return filled("polls/text.html", form, poll=poll)


def refuse(form: FlaskForm, refusal: DomainError, poll: Poll) -> None:
    """Told once: who saves again after that has seen what the other wrote."""
    form.form_errors.append(str(refusal))
    form.expected_version.data = poll.version
