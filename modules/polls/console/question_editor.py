"""Staff pages of polls: what is asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from flask_babel import gettext

from obshto.modules.polls.console.polls import (
    Answer,
    back,
    console,
    overview,
    poll_named,
    refuse,
)
from obshto.modules.polls.errors import AnotherFollows, LastQuestion, QuestionFrozen
from obshto.modules.polls.forms import polls as forms
from obshto.modules.polls.forms import questions as wording
from obshto.modules.polls.models import Poll, Question
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.services import queries, questions
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.request_uow import current_uow


@console.route("/<uuid:poll_id>/questions", methods=["GET", "POST"])
@requires(PollsPermission.WRITE)
def ask(poll_id: UUID) -> Answer:
    uow, poll = current_uow(), poll_named(poll_id)
    before = queries.asked_of(uow, poll.id)
    form = wording.NewQuestionForm(before=before, data={"expected_version": poll.version})
    if form.validate_on_submit():
        try:
            given: dict[str, Any] = {
                "request_id": form.request_id.data,
                "expected_version": form.expected_version.data,
            }
            added = questions.ask_question(uow, poll, form.wording(), **given)
            if not questions.reads(uow, added, form.wording()):
                return _asked_before(added, form)
            return back(poll_id, "polls.saved")
        except DomainError as refusal:
            refuse(form, refusal, poll)
    return filled("polls/question.html", form, poll=poll, asked=None)


@console.route("/questions/<uuid:question_id>", methods=["GET", "POST"])
@requires(PollsPermission.WRITE)
def question(question_id: UUID) -> Answer:
    uow, is_change = current_uow(), request.method == "POST"
    poll, asked = questions.question_of(uow, question_id, to_change=is_change)
    if poll.answers:
        return _correct(poll, asked)
    shown = wording.filled_question(asked, poll.version)
    form = wording.EditQuestionForm(before=_before(poll, asked), data=shown)
    if form.validate_on_submit():
        try:
            expected_version = form.expected_version.data
            gone = questions.edit_question(
                uow, poll, asked, form.wording(), expected_version=expected_version
            )
            return back(poll.id, "polls.saved-without" if gone else "polls.saved")
        except DomainError as refusal:
            refuse(form, refusal, poll)
    return filled("polls/question.html", form, poll=poll, asked=asked)


def _correct(poll: Poll, asked: queries.Asked) -> Answer:
    """Below a question that has answers: a note, nothing else."""
    shown = forms.filled_part(asked.question, "correction", poll.version)
    form = forms.CorrectionForm(data=shown)
    if form.validate_on_submit():
        try:
            told = forms.words_of(form, "correction")
            questions.correct_question(
                current_uow(),
                poll,
                asked.question,
                correction=(form.correction.data or "").strip(),
                words={language: words["correction"] for language, words in told.items()},
                expected_version=form.expected_version.data,
            )
            return back(poll.id, "polls.corrected")
        except DomainError as refusal:
            refuse(form, refusal, poll)
    return filled("polls/correction.html", form, poll=poll, asked=asked)


@console.get("/questions/<uuid:question_id>/remove")
@requires(PollsPermission.WRITE)
def ask_to_remove(question_id: UUID) -> str:
    poll, asked = questions.question_of(current_uow(), question_id)
    return render_template("polls/remove.html", poll=poll, asked=asked)


@console.post("/questions/<uuid:question_id>/remove")
@requires(PollsPermission.WRITE)
def remove(question_id: UUID) -> Answer:
    poll, asked = questions.question_of(current_uow(), question_id, to_change=True)
    try:
        questions.remove_question(current_uow(), poll, asked, expected_version=seen_here())
    except (AnotherFollows, LastQuestion) as refusal:
        return overview(poll, str(refusal)), 422
    return back(poll.id, "polls.removed")


@console.post("/questions/<uuid:question_id>/move")
@requires(PollsPermission.WRITE)
def move(question_id: UUID) -> Answer:
    poll, asked = questions.question_of(current_uow(), question_id, to_change=True)
    to = request.form.get("to", type=int)
    if to is None:
        abort(422)
    try:
        questions.move_question(current_uow(), poll, asked, to=to, expected_version=seen_here())
    except AnotherFollows as refusal:
        return overview(poll, str(refusal)), 422
    return back(poll.id, "polls.moved")


def _before(poll: Poll, asked: queries.Asked) -> list[queries.Asked]:
    every = queries.asked_of(current_uow(), poll.id)
    return [one for one in every if one.question.position < asked.question.position]


def _asked_before(added: Question, again: wording.NewQuestionForm) -> Answer:
    """Back, changed, sent once more. Raises QuestionFrozen where it has answers."""
    poll, asked = questions.question_of(current_uow(), added.id)
    if poll.answers:
        raise QuestionFrozen
    typed = {**again.data, "expected_version": poll.version}
    form = wording.EditQuestionForm(formdata=None, before=_before(poll, asked), data=typed)
    form.form_errors.append(
        gettext(
            "Този въпрос вече е запазен. Ето го с това, което написахте сега: прегледайте го и"
            " запазете."
        )
    )
    return filled("polls/question.html", form, poll=poll, asked=asked)
