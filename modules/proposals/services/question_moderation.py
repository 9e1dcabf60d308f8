"""Moderation of questions: flagged by readers, hidden with a reason, shown after an appeal.

The words of what is hidden lie encrypted in a column of their own until they are shown again.
"""

from __future__ import annotations

from uuid import UUID

from obshto.modules.proposals.errors import QuestionHiddenBefore
from obshto.modules.proposals.events import (
    ProposalQuestionAsked,
    ProposalQuestionFlagged,
    ProposalQuestionHidden,
    ProposalQuestionLeft,
    ProposalQuestionShown,
    ProposalQuestionUpheld,
)
from obshto.modules.proposals.models import ProposalQuestion
from obshto.modules.proposals.services.queries import PART
from obshto.modules.proposals.services.questions import expect, tell
from obshto.platform.moderation.flags import close_flags, flags_on, put_flag
from obshto.platform.moderation.services import Reason, decision_on, hide, hide_on_flag, lift
from obshto.platform.unit_of_work import UnitOfWork


def flag_question(
    uow: UnitOfWork, question: ProposalQuestion, rule: str, *, request_id: UUID
) -> None:
    """A reader says that it breaks a rule: staff read it. Sent twice it is once.

    Personal data of others are hidden at once, unless staff have looked at this one already.
    """
    if not put_flag(uow, PART, question.id, rule, request_id=request_id):
        return
    tell(uow, question, ProposalQuestionFlagged)
    if question.checked_at or question.hidden_at:
        return
    if hide_on_flag(uow, PART, question.id, rule, request_id=request_id):
        _put_away(uow, question)


def hide_question(
    uow: UnitOfWork, question: ProposalQuestion, reason: Reason, *, request_id: UUID
) -> None:
    """Everybody reads rule and reason in its place; who asked is told and may appeal.

    Sent twice it is once. Raises QuestionHiddenBefore where another reason stands already.
    """
    decision = decision_on(uow, PART, question.id)
    if decision and not decision.is_provisional:
        if (decision.rule, decision.reason) == (reason.rule, reason.words):
            return
        raise QuestionHiddenBefore
    hide(uow, PART, question.id, reason, request_id=request_id)
    question.checked_at = uow.now
    close_flags(uow, PART, question.id)
    _put_away(uow, question)


def release_question(uow: UnitOfWork, question: ProposalQuestion, *, expected_version: int) -> None:
    """Staff find nothing against it, or take back what hid it or held it. Twice is once.

    Raises StaleProposalQuestion, AppealWaits.
    """
    if not (question.hidden_at or question.is_held or flags_on(uow, PART, [question.id])):
        return
    expect(question, expected_version)
    question.checked_at = uow.now
    close_flags(uow, PART, question.id)
    if question.hidden_at:
        lift(uow, PART, question.id)
        reviewed_question(uow, question, is_restored=True)
    elif question.is_held:
        _publish(uow, question)
    else:
        tell(uow, question, ProposalQuestionLeft)


def reviewed_question(uow: UnitOfWork, question: ProposalQuestion, *, is_restored: bool) -> None:
    """It is shown again, or another person decided that it stays hidden."""
    if not is_restored:
        tell(uow, question, ProposalQuestionUpheld)
        return
    question.words, question.hidden_words = question.hidden_words or "", None
    question.hidden_at = None
    uow.session.flush()
    tell(uow, question, ProposalQuestionShown)
    if question.is_held:
        _publish(uow, question)


def _publish(uow: UnitOfWork, question: ProposalQuestion) -> None:
    question.is_held = False
    uow.session.flush()
    tell(uow, question, ProposalQuestionAsked)


def _put_away(uow: UnitOfWork, question: ProposalQuestion) -> None:
    if question.hidden_at is None:
        question.hidden_words, question.words = question.words, ""
        question.hidden_at = uow.now
    uow.session.flush()
    tell(uow, question, ProposalQuestionHidden)
