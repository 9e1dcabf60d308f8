"""Staff pages of questions under proposals: what waits, the answer, hiding one, the counter."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.proposals.console.blueprint import HANDLE, Answer, back_to, console
from obshto.modules.proposals.forms.question import (
    HideQuestionForm,
    ProposalAnswerForm,
    ProposalQuestionEntryForm,
    put_question_refusal,
)
from obshto.modules.proposals.models import ProposalQuestion
from obshto.modules.proposals.services import queries
from obshto.modules.proposals.services import questions as service
from obshto.modules.proposals.services.access_log import (
    look_at_hidden_question,
    question_restricted,
)
from obshto.modules.proposals.services.question_moderation import hide_question, release_question
from obshto.modules.proposals.services.states import COLLECTING
from obshto.platform.errors import DomainError
from obshto.platform.moderation.flags import flags_on
from obshto.platform.moderation.rules import RULES
from obshto.platform.moderation.services import decision_on
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, lines_of, seen_here, show_version
from obshto.platform.web.pagination import page_number, paginate_counted
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow


@console.get("/questions")
@requires(HANDLE)
def questions() -> str:
    """What waits for the municipality, for authors, for a moderator; what is over."""
    uow, chosen = current_uow(), request.args.get("list", "waiting")
    if chosen not in service.LISTS:
        abort(404)
    page, numbers = paginate_counted(
        uow.session, service.queue(chosen), page_number(), counts=service.counts(), total=chosen
    )
    of = queries.proposals_by(uow, [row.proposal_id for row in page.rows])
    shown = {"page": page, "chosen": chosen, "counts": numbers, "of": of}
    return render_template("proposals/questions.html", **shown)


@console.route("/questions/<uuid:question_id>", methods=["GET", "POST"])
@requires(HANDLE)
def question(question_id: UUID) -> Answer:
    """One of them; the form on the page answers it for everybody to read."""
    uow, found = current_uow(), _to_change(question_id)
    form = ProposalAnswerForm(data={"words": found.answer if found.is_official else ""})
    if form.validate_on_submit():
        try:
            if refusal := question_restricted(uow, found):
                raise refusal
            words, version = lines_of(form.words.data), form.expected_version.data
            service.answer_question(uow, found, words, is_official=True, expected_version=version)
            return see_other(".questions", said="proposals.question-answered")
        except DomainError as refusal:
            put_question_refusal(form, refusal, found)
    show_version(form, found)
    if found.hidden_at:
        look_at_hidden_question(uow, found)
    return filled("proposals/question_desk.html", form, **_desk(found))


@console.route("/questions/<uuid:question_id>/hide", methods=["GET", "POST"])
@requires(HANDLE)
def hide_question_page(question_id: UUID) -> Answer:
    """By which rule, and why."""
    uow, form, found = current_uow(), HideQuestionForm(), _to_change(question_id)
    if form.validate_on_submit():
        try:
            hide_question(uow, found, form.reason(), request_id=form.request_id.data)
            return see_other(".question", question_id=found.id, said="proposals.question-hidden")
        except DomainError as refusal:
            put_question_refusal(form, refusal)
    return filled("proposals/hide_question.html", form, question=found)


@console.post("/questions/<uuid:question_id>/release")
@requires(HANDLE)
def release(question_id: UUID) -> Response:
    """Nothing is wrong with it, or it is shown again."""
    found = _to_change(question_id)
    release_question(current_uow(), found, expected_version=seen_here())
    return see_other(".question", question_id=found.id, said="moderation.left")


@console.route("/<uuid:proposal_id>/questions/enter", methods=["GET", "POST"])
@requires(HANDLE)
def enter_question(proposal_id: UUID) -> Answer:
    """A question that somebody asks at the counter or by phone."""
    uow, form = current_uow(), ProposalQuestionEntryForm()
    proposal = queries.public_proposal(uow, proposal_id)
    form.offer(takes_additions=proposal.state == COLLECTING)
    if form.validate_on_submit():
        try:
            asked, request_id = form.asked(channel=form.channel.data), form.request_id.data
            service.ask_question(uow, proposal, asked, request_id=request_id)
            return back_to(proposal.id, "proposals.question-entered")
        except DomainError as refusal:
            put_question_refusal(form, refusal)
    return filled("proposals/enter_question.html", form, proposal=proposal)


def _desk(found: ProposalQuestion) -> dict[str, Any]:
    uow = current_uow()
    return {
        "question": found,
        "restricted": question_restricted(uow, found),
        "proposal": queries.proposal_of(uow, found.proposal_id),
        "flags": flags_on(uow, queries.PART, [found.id]).get(found.id, {}),
        "decision": decision_on(uow, queries.PART, found.id) if found.hidden_at else None,
        "addressees": service.ADDRESSEES,
        "rules": RULES,
    }


def _to_change(question_id: UUID) -> ProposalQuestion:
    """Locked until the request ends, where something is sent."""
    return service.question_of(current_uow(), question_id, to_change=request.method == "POST")
