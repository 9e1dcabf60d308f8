"""Staff pages of polls: writing, opening, following up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.polls.errors import QuestionFrozen
from obshto.modules.polls.forms import ballots
from obshto.modules.polls.forms import polls as forms
from obshto.modules.polls.forms import questions as wording
from obshto.modules.polls.models import Poll, Question
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.services import library, questions, reading
from obshto.modules.polls.services import polls as acts
from obshto.modules.polls.services.results import told_answers
from obshto.modules.polls.services.states import KINDS, WHO, State, state_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import FlaskForm, filled, seen_here
from obshto.platform.web.language import SOURCE
from obshto.platform.web.moves import see_other
from obshto.platform.web.paging import page_number, paginate

console = Blueprint("polls_console", __name__)
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(PollsPermission.ENTER)
def index() -> str:
    work = current_work()
    lists = reading.lists(work.now)
    chosen = request.args.get("list", "open")
    rows = lists[chosen] if chosen in lists else abort(404)
    page = paginate(work.session, rows, page_number())
    counts = {name: reading.count(work, of) for name, of in lists.items()}
    states = {poll.id: state_of(poll, work.now) for poll in page.rows}
    told = {poll.id: told_answers(poll, work.now) for poll in page.rows}
    shown = {"page": page, "chosen": chosen, "counts": counts, "states": states, "told": told}
    return render_template("polls/console.html", **shown)


@console.route("/new", methods=["GET", "POST"])
@requires(PollsPermission.WRITE)
def write() -> Answer:
    form, work = forms.NewPollForm(), current_work()
    if form.validate_on_submit():
        try:
            request_id = form.request_id.data
            poll = acts.write_poll(work, form.draft(), request_id=request_id)
            if acts.draft_of(poll) != form.draft():
                return _written_before(poll, form)
            if form.ready.data:
                library.ask_ready_made(work, poll, form.ready.data, request_id=request_id)
            return _back(poll.id, "polls.written")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("polls/write.html", form)


@console.get("/<uuid:poll_id>")
@requires(PollsPermission.ENTER)
def show(poll_id: UUID) -> str:
    work = current_work()
    poll = reading.poll_of(work, poll_id)
    asked = reading.asked_of(work, poll.id)
    state = state_of(poll, work.now)
    shown = {"poll": poll, "asked": asked, "state": state, "kinds": KINDS, "who": WHO}
    told = told_answers(poll, work.now)
    return render_template("polls/overview.html", told=told, **shown)


@console.get("/<uuid:poll_id>/preview")
@requires(PollsPermission.WRITE)
def preview(poll_id: UUID) -> str:
    work = current_work()
    poll = reading.poll_of(work, poll_id)
    g.is_preview = True  # may be framed by our own page
    asked = reading.asked_of(work, poll.id)
    form = ballots.ballot_of(asked, SOURCE)(formdata=None)
    shown = {"poll": poll, "asked": asked, "form": form, "state": State.OPEN, "is_preview": True}
    return render_template("polls/show.html", **shown)


@console.route("/<uuid:poll_id>/text", methods=["GET", "POST"])
@requires(PollsPermission.WRITE)
def edit(poll_id: UUID) -> Answer:
    poll = _poll(poll_id)
    form = forms.EditPollForm(data=forms.filled(poll))
    if form.validate_on_submit():
        try:
            acts.edit_poll(current_work(), poll, form.draft(), seen=form.seen.data)
            return _back(poll_id, "polls.saved")
        except DomainError as refusal:
            _refuse(form, refusal, poll)
    return filled("polls/text.html", form, poll=poll)


@console.route("/<uuid:poll_id>/questions", methods=["GET", "POST"])
@requires(PollsPermission.WRITE)
def ask(poll_id: UUID) -> Answer:
    work, poll = current_work(), _poll(poll_id)
    form = wording.NewQuestionForm(data={"seen": poll.version})
    if form.validate_on_submit():
        try:
            given: dict[str, Any] = {"request_id": form.request_id.data, "seen": form.seen.data}
            added = questions.ask_question(work, poll, form.wording(), **given)
            if not questions.reads(work, added, form.wording()):
                return _asked_before(added, form)
            return _back(poll_id, "polls.saved")
        except DomainError as refusal:
            _refuse(form, refusal, poll)
    return filled("polls/question.html", form, poll=poll, asked=None)


@console.route("/questions/<uuid:question_id>", methods=["GET", "POST"])
@requires(PollsPermission.WRITE)
def question(question_id: UUID) -> Answer:
    is_change = request.method == "POST"
    poll, asked = questions.question_of(current_work(), question_id, to_change=is_change)
    if poll.answers:
        return _correct(poll, asked)
    form = wording.EditQuestionForm(data=wording.filled_question(asked, poll.version))
    if form.validate_on_submit():
        try:
            seen = form.seen.data
            questions.edit_question(current_work(), poll, asked, form.wording(), seen=seen)
            return _back(poll.id, "polls.saved")
        except DomainError as refusal:
            _refuse(form, refusal, poll)
    return filled("polls/question.html", form, poll=poll, asked=asked)


def _correct(poll: Poll, asked: reading.Asked) -> Answer:
    """Below a question that has answers: a note, nothing else."""
    shown = forms.filled_part(asked.question, "correction", poll.version)
    form = forms.CorrectionForm(data=shown)
    if form.validate_on_submit():
        try:
            told = forms.words_of(form, "correction")
            questions.correct_question(
                current_work(),
                poll,
                asked.question,
                correction=(form.correction.data or "").strip(),
                words={language: words["correction"] for language, words in told.items()},
                seen=form.seen.data,
            )
            return _back(poll.id, "polls.corrected")
        except DomainError as refusal:
            _refuse(form, refusal, poll)
    return filled("polls/correction.html", form, poll=poll, asked=asked)


@console.get("/questions/<uuid:question_id>/remove")
@requires(PollsPermission.WRITE)
def ask_to_remove(question_id: UUID) -> str:
    poll, asked = questions.question_of(current_work(), question_id)
    return render_template("polls/remove.html", poll=poll, asked=asked)


@console.post("/questions/<uuid:question_id>/remove")
@requires(PollsPermission.WRITE)
def remove(question_id: UUID) -> Response:
    poll, asked = questions.question_of(current_work(), question_id, to_change=True)
    questions.remove_question(current_work(), poll, asked.question, seen=seen_here())
    return _back(poll.id, "polls.removed")


@console.post("/<uuid:poll_id>/open")
@requires(PollsPermission.PUBLISH)
def open_now(poll_id: UUID) -> Response:
    acts.open_poll(current_work(), _poll(poll_id), seen=seen_here())
    return _back(poll_id, "polls.opened")


@console.get("/<uuid:poll_id>/close")
@requires(PollsPermission.PUBLISH)
def ask_to_close(poll_id: UUID) -> str:
    return render_template("polls/close.html", poll=reading.poll_of(current_work(), poll_id))


@console.post("/<uuid:poll_id>/close")
@requires(PollsPermission.PUBLISH)
def close(poll_id: UUID) -> Response:
    acts.close_poll(current_work(), _poll(poll_id), seen=seen_here())
    return _back(poll_id, "polls.closed")


@console.route("/<uuid:poll_id>/extend", methods=["GET", "POST"])
@requires(PollsPermission.PUBLISH)
def extend(poll_id: UUID) -> Answer:
    poll = _poll(poll_id)
    shown = forms.filled_part(poll, "note", poll.version)
    form = forms.ExtendForm(data={**shown, "closes_at": poll.closes_at})
    if form.validate_on_submit():
        try:
            acts.extend_poll(
                current_work(),
                poll,
                closes_at=form.end(),
                note=form.note.data.strip(),
                words=forms.words_of(form, "note"),
                seen=form.seen.data,
            )
            return _back(poll_id, "polls.extended")
        except DomainError as refusal:
            _refuse(form, refusal, poll)
    return filled("polls/extend.html", form, poll=poll)


@console.route("/<uuid:poll_id>/outcome", methods=["GET", "POST"])
@requires(PollsPermission.PUBLISH)
def outcome(poll_id: UUID) -> Answer:
    poll, work = _poll(poll_id), current_work()
    form = forms.OutcomeForm(data=forms.filled_part(poll, "outcome", poll.version))
    if form.validate_on_submit():
        try:
            words = forms.words_of(form, "outcome")
            said = form.outcome.data.strip()
            acts.tell_outcome(work, poll, outcome=said, words=words, seen=form.seen.data)
            return _back(poll_id, "polls.told")
        except DomainError as refusal:
            _refuse(form, refusal, poll)
    return filled("polls/outcome.html", form, poll=poll)


@console.get("/<uuid:poll_id>/delete")
@requires(PollsPermission.PUBLISH)
def ask_to_delete(poll_id: UUID) -> str:
    work = current_work()
    poll = reading.poll_of(work, poll_id)
    told = told_answers(poll, work.now)
    return render_template("polls/delete.html", poll=poll, told=told)


@console.post("/<uuid:poll_id>/delete")
@requires(PollsPermission.PUBLISH)
def delete(poll_id: UUID) -> Response:
    acts.delete_poll(current_work(), _poll(poll_id, or_deleted=True), seen=seen_here())
    return see_other("polls_console.index", list="deleted", said="polls.deleted")


@console.post("/<uuid:poll_id>/restore")
@requires(PollsPermission.PUBLISH)
def restore(poll_id: UUID) -> Response:
    acts.restore_poll(current_work(), _poll(poll_id, or_deleted=True), seen=seen_here())
    return _back(poll_id, "polls.restored")


def _poll(poll_id: UUID, *, or_deleted: bool = False) -> Poll:
    """Locked when it is to be changed."""
    is_change = request.method == "POST"
    return reading.poll_of(current_work(), poll_id, to_change=is_change, or_deleted=or_deleted)


def _back(poll_id: UUID, said: str) -> Response:
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


def _asked_before(added: Question, again: wording.NewQuestionForm) -> Answer:
    """The same for a question. Raises QuestionFrozen where it has answers."""
    poll, asked = questions.question_of(current_work(), added.id)
    if poll.answers:
        raise QuestionFrozen
    typed = {**again.data, "seen": poll.version}
    form = wording.EditQuestionForm(formdata=None, data=typed)
    form.form_errors.append(
        gettext(
            "Този въпрос вече е запазен. Ето го с това, което написахте сега: прегледайте го и"
            " запазете."
        )
    )
    return filled("polls/question.html", form, poll=poll, asked=asked)


def _refuse(form: FlaskForm, refusal: DomainError, poll: Poll) -> None:
    """Told once: who saves again after that has seen what the other wrote."""
    form.form_errors.append(str(refusal))
    form.seen.data = poll.version
