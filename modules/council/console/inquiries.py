"""Register of councillors' questions: enter one, answer it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from obshto.modules.council.console.sessions import Answer
from obshto.modules.council.forms.inquiries import InquiryAnswerForm, InquiryForm, shown_answer
from obshto.modules.council.permissions import CouncilPermission
from obshto.modules.council.services import inquiries as service
from obshto.modules.council.services.members import councillor_of, sitting
from obshto.modules.council.services.page_context import inquiries_page
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, tell
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


def add_inquiries(console: Blueprint) -> None:
    """Its pages belong to the console of the council."""
    both = ["GET", "POST"]
    console.add_url_rule("/questions/", view_func=questions)
    console.add_url_rule("/questions/new", view_func=new_question, methods=both)
    console.add_url_rule("/questions/<uuid:inquiry_id>", view_func=question, methods=both)


@requires(CouncilPermission.ANSWER)
def questions() -> str:
    """The register, as staff see it."""
    about = inquiries_page(current_uow(), request.args)
    return render_template("council/questions_console.html", **about)


@requires(CouncilPermission.ANSWER)
def new_question() -> Answer:
    uow, form = current_uow(), InquiryForm()
    form.offer(sitting(uow, day_of(uow.now)))
    if form.validate_on_submit():
        service.enter_inquiry(uow, form.details(), request_id=form.request_id.data)
        return see_other(".questions", said="council.asked")
    return filled("council/question_new.html", form)


@requires(CouncilPermission.ANSWER)
def question(inquiry_id: UUID) -> Answer:
    """The question with the form of its answer."""
    uow = current_uow()
    row = service.inquiry_of(uow, inquiry_id, to_change=request.method == "POST")
    form = InquiryAnswerForm(data=shown_answer(row))
    if form.validate_on_submit():
        told = {"answer": form.answer.data.strip(), "answered_on": form.answered_on.data}
        try:
            seen = form.expected_version.data
            service.answer_inquiry(uow, row, **told, expected_version=seen)
            return see_other(".questions", said="council.answered")
        except DomainError as refusal:
            tell(form, refusal, row)
    who = councillor_of(uow, row.councillor_id)
    return filled("council/question_answer.html", form, row=row, who=who)
