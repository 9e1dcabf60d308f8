"""Pages of questions under a proposal: asking, who asked, the author's answer, a reader's flag."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.proposals.citizen.blueprint import citizen
from obshto.modules.proposals.errors import NoSuchProposal, NoSuchProposalQuestion
from obshto.modules.proposals.forms.question import (
    ACCEPTED,
    AdditionForm,
    ProposalAnswerForm,
    ProposalQuestionForm,
    put_question_refusal,
)
from obshto.modules.proposals.models import CitizenProposal, ProposalQuestion
from obshto.modules.proposals.services import (
    access_log,
    additions,
    coauthors,
    merges,
    queries,
    questions,
)
from obshto.modules.proposals.services.codes import code_of, index_of
from obshto.modules.proposals.services.question_moderation import flag_question
from obshto.modules.proposals.services.states import COLLECTING, STATES
from obshto.platform.cases.codes import grouped
from obshto.platform.errors import DomainError
from obshto.platform.moderation.pages import FlaggedThing, appeal_page, flag_page
from obshto.platform.moderation.rules import RULES
from obshto.platform.moderation.services import decision_on
from obshto.platform.web.access import open_to_all
from obshto.platform.web.forms import lines_of, show_version
from obshto.platform.web.private_page import private_page
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow


@citizen.route("/<uuid:proposal_id>/questions/new", methods=["GET", "POST"])
@open_to_all
def ask(proposal_id: UUID) -> Response:
    """With an account everybody reads it at once; for others a letter comes first.

    What comes too late stays in the form, with a new proposal as the way on.
    """
    uow, form = current_uow(), ProposalQuestionForm()
    proposal = _asked_about(proposal_id)
    form.offer(takes_additions=proposal.state == COLLECTING)
    if form.validate_on_submit() and form.passes(current_principal().person_id):
        try:
            request_id = form.request_id.data
            row = questions.ask_question(uow, proposal, form.asked(), request_id=request_id)
            if row.confirmed_at is None:
                return see_other(".question_sent", proposal_id=proposal.id)
            return _asked(row, str(row.id))
        except DomainError as refusal:
            put_question_refusal(form, refusal)
    takes = proposal.state in questions.ASKABLE and not proposal.hidden_at
    shown = {"proposal": proposal, "takes_questions": takes, "states": STATES}
    status = 409 if request.method == "POST" and not takes else None
    return private_page("proposals/ask.html", form=form, status=status, **shown)


@citizen.get("/<uuid:proposal_id>/questions/sent")
@open_to_all
def question_sent(proposal_id: UUID) -> Response:
    """After asking without a profile."""
    proposal = queries.public_proposal(current_uow(), proposal_id)
    return private_page("proposals/question_sent.html", proposal=proposal)


@citizen.get("/question/<ref>")
@open_to_all
def question(ref: str) -> Response:
    """Of who asked: how far it is, the answer, why it is hidden, who looked."""
    uow = current_uow()
    found = questions.question_at(uow, ref)
    code = code_of(found.request_id)
    shown: dict[str, Any] = {
        "ref": ref,
        "question": found,
        "proposal": queries.proposal_of(uow, found.proposal_id),
        "decision": decision_on(uow, queries.PART, found.id),
        "code": grouped(code) if found.code_index == index_of(code) else "",
        "looks": access_log.looks_at_question(uow, found),
        "purposes": access_log.QUESTION_PURPOSES,
        "addressees": questions.ADDRESSEES,
        "rules": RULES,
    }
    return private_page("proposals/question.html", **shown)


@citizen.post("/question/<ref>/confirm")
@open_to_all
def confirm_question(ref: str) -> Response:
    """The button behind the letter's link: programs that open links press none."""
    uow = current_uow()
    found = questions.question_at(uow, ref)
    questions.confirm_question(uow, found)
    return _asked(found, ref)


@citizen.route("/question/<ref>/appeal", methods=["GET", "POST"])
@open_to_all
def appeal_question(ref: str) -> Response:
    """Another person than who hid it decides."""
    uow = current_uow()
    found = questions.question_at(uow, ref)
    decision = decision_on(uow, queries.PART, found.id)
    return appeal_page(decision, own_page=url_for(".question", ref=ref))


@citizen.route("/questions/<uuid:question_id>/flag", methods=["GET", "POST"])
@open_to_all
def flag_question_page(question_id: UUID) -> Response:
    """Somebody says that a question breaks a rule."""
    uow = current_uow()
    found = questions.public_question(uow, question_id)
    thing = FlaggedThing(
        heading=gettext("Какво не е наред с този въпрос?"),
        words=found.words,
        back_url=url_for(".show", proposal_id=found.proposal_id),
        is_hidden=bool(found.hidden_at),
    )

    def act(rule: str, request_id: UUID) -> None:
        flag_question(uow, found, rule, request_id=request_id)

    return flag_page(thing, act)


@citizen.route("/case/<ref>/questions/<uuid:question_id>", methods=["GET", "POST"])
@open_to_all
def author_answer(ref: str, question_id: UUID) -> Response:
    """An author answers; what the municipality has answered stays its own."""
    uow = current_uow()
    proposal = coauthors.written_at(uow, ref)
    found = _asked_of(proposal, question_id)
    if found.addressee == questions.ADDITION:
        return see_other(".author_addition", ref=ref, question_id=question_id)
    form = ProposalAnswerForm(data={"words": found.answer})
    if form.validate_on_submit():
        try:
            words, version = lines_of(form.words.data), form.expected_version.data
            questions.answer_question(
                uow, found, words, is_official=False, expected_version=version
            )
            return see_other(".case", ref=ref, said="proposals.question-answered")
        except DomainError as refusal:
            put_question_refusal(form, refusal, found)
    show_version(form, found)
    return private_page("proposals/author_answer.html", form=form, ref=ref, question=found)


@citizen.route("/case/<ref>/additions/<uuid:question_id>", methods=["GET", "POST"])
@open_to_all
def author_addition(ref: str, question_id: UUID) -> Response:
    """An author takes an addition up or says why not; of what was merged into theirs, too."""
    uow, form, is_sent = current_uow(), AdditionForm(), request.method == "POST"
    proposal = coauthors.written_at(uow, ref, to_change=is_sent)
    found = _asked_of(proposal, question_id)
    if found.addressee != questions.ADDITION:
        raise NoSuchProposalQuestion
    if form.validate_on_submit():
        try:
            words, version = lines_of(form.words.data or ""), form.expected_version.data
            if form.outcome.data == ACCEPTED:
                additions.accept_addition(uow, proposal, found, words, expected_version=version)
            else:
                additions.decline_addition(uow, found, words, expected_version=version)
            return see_other(".case", ref=ref, said="proposals.question-answered")
        except DomainError as refusal:
            put_question_refusal(form, refusal, found)
    show_version(form, found)
    shown: dict[str, Any] = {"ref": ref, "addition": found}
    return private_page("proposals/addition.html", form=form, **shown)


def _asked_about(proposal_id: UUID) -> CitizenProposal:
    """One that everybody sees, or that was hidden while somebody wrote. Raises NoSuchProposal."""
    uow = current_uow()
    try:
        return queries.public_proposal(uow, proposal_id)
    except NoSuchProposal:
        if request.method != "POST" or decision_on(uow, queries.PART, proposal_id) is None:
            raise
        return queries.proposal_of(uow, proposal_id)


def _asked_of(proposal: CitizenProposal, question_id: UUID) -> ProposalQuestion:
    """Of this proposal, or of one that it absorbed. Raises NoSuchProposalQuestion."""
    uow = current_uow()
    found = questions.question_of(uow, question_id, to_change=request.method == "POST")
    own = {proposal.id, *(one.id for one in merges.merged_with(uow, proposal))}
    if found.proposal_id not in own or found.hidden_at or found.is_held or found.is_official:
        raise NoSuchProposalQuestion
    return found


def _asked(row: ProposalQuestion, ref: str) -> Response:
    """Under the proposal; while a moderator reads it, on the page of who asked."""
    if row.is_held:
        return see_other(".question", ref=ref, said="proposals.question-held")
    there = {"proposal_id": row.proposal_id, "_anchor": f"q{row.id}"}
    return see_other(".show", said="proposals.question-asked", **there)
