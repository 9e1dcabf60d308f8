"""The queue of questions: let in, returned with a reason, answered; asked by phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext

from obshto.modules.meetings.console.meetings import Answer
from obshto.modules.meetings.forms.guests import QuestionEntryForm, WordsOnQuestionForm
from obshto.modules.meetings.models import GuestQuestion
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.services import access_log, queries
from obshto.modules.meetings.services import questions as service
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.errors import DomainError
from obshto.platform.soft_delete import counts
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, lines_of
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


def add_questions(console: Blueprint) -> None:
    """Its pages belong to the console of meetings."""
    both = ["GET", "POST"]
    console.add_url_rule("/questions", view_func=question_queue)
    for word, view in (("", show), ("/decline", decline), ("/answer", answer)):
        rule = f"/questions/<uuid:question_id>{word}"
        console.add_url_rule(rule, f"question{word.replace('/', '_')}", view, methods=both)
    rule = "/<uuid:meeting_id>/questions/enter"
    console.add_url_rule(rule, view_func=enter_question, methods=both)


@requires(MeetingsPermission.MODERATE)
def question_queue() -> str:
    """What waits over all meetings; what is shown and what was returned."""
    uow = current_uow()
    rows = {state: service.questions_in(state) for state in service.STATES}
    chosen = request.args.get("list", service.WAITING)
    if chosen not in rows:
        abort(404)
    numbers = counts(uow, rows)
    page = paginate(uow.session, rows[chosen], page_number(), total=numbers[chosen])
    access_log.look_at_questions(uow, page.rows)
    about = {"page": page, "chosen": chosen, "counts": numbers, "states": service.STATES}
    meetings = queries.titles_of(uow, {row.meeting_id for row in page.rows})
    return render_template("meetings/questions.html", meetings=meetings, **about)


@requires(MeetingsPermission.MODERATE)
def show(question_id: UUID) -> Answer:
    """A question; the form on the page lets it in, with the words that everybody reads."""
    label = gettext("Какво да виждат всички")
    return _page(question_id, label, service.show_question, "meetings/question.html", "shown")


@requires(MeetingsPermission.MODERATE)
def decline(question_id: UUID) -> Answer:
    """Returned with a reason."""
    label, act = gettext("Защо не го показваме"), service.decline_question
    return _page(question_id, label, act, "meetings/decline_question.html", "declined")


@requires(MeetingsPermission.MODERATE)
def answer(question_id: UUID) -> Answer:
    """An answer in writing."""
    label, act = gettext("Отговор"), service.answer_question
    return _page(question_id, label, act, "meetings/answer_question.html", "answered")


def _page(question_id: UUID, label: str, act: Any, template: str, said: str) -> Answer:
    uow = current_uow()
    question = service.question_of(uow, question_id, to_change=request.method == "POST")
    access_log.look_at_question(uow, question)
    form = WordsOnQuestionForm(data=_initial(question, said), label=label)
    if form.validate_on_submit():
        version, words = form.expected_version.data, lines_of(form.words.data)
        try:
            if refusal := access_log.question_restricted(uow, question):
                raise refusal
            act(uow, question, words, expected_version=version)
            return see_other(".question_queue", said=f"meetings.{said}")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
            form.expected_version.data = question.version
    meeting = queries.meeting_of(uow, question.meeting_id)
    restricted = access_log.question_restricted(uow, question)
    about = {
        "restricted": restricted,
        "question": question,
        "meeting": meeting,
        "channel": CHANNELS[question.channel],
    }
    return filled(template, form, states=service.STATES, **about)


def _initial(question: GuestQuestion, said: str) -> dict[str, Any]:
    words = {
        "shown": question.public_words or question.words,
        "declined": question.reason,
        "answered": question.answer,
    }
    return {"expected_version": question.version, "words": words[said]}


@requires(MeetingsPermission.REGISTER)
def enter_question(meeting_id: UUID) -> Answer:
    """A question that somebody asks by phone or at the counter."""
    uow, form = current_uow(), QuestionEntryForm()
    meeting = queries.meeting_of(uow, meeting_id)
    if form.validate_on_submit():
        asked = form.question(channel=form.channel.data)
        try:
            service.ask_question(uow, meeting, asked, request_id=form.request_id.data)
            return see_other(".guest_list", meeting_id=meeting_id, said="meetings.question-entered")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("meetings/enter_question.html", form, meeting=meeting)
