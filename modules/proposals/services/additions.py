"""Additions to a proposal: others suggest words, its author takes them up in a new version or not.

Asked, confirmed, moderated and forgotten as the questions under it; while it collects support.
"""

from __future__ import annotations

from flask_babel import force_locale, gettext

from obshto.modules.proposals.errors import StaleProposalQuestion, TooLongWithAddition
from obshto.modules.proposals.models import CitizenProposal, ProposalQuestion
from obshto.modules.proposals.services.questions import answer_question
from obshto.modules.proposals.services.submission import (
    MOST_TEXT,
    ProposalWords,
    improve_proposal,
    latest_version,
)
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def accept_addition(
    uow: UnitOfWork,
    proposal: CitizenProposal,
    addition: ProposalQuestion,
    words: str,
    *,
    expected_version: int,
) -> None:
    """Its words stand at the end of the text, in a version of their own; supporters are told.

    One that was asked of a proposal merged into this one belongs to this one from then on. Both
    rows must be locked. Sent twice it is once. Raises StaleProposalQuestion, ProposalNotFromHere,
    TooLongWithAddition.
    """
    if addition.entered_version:
        return
    _expect_open(addition, expected_version)
    text = f"{proposal.text}\n\n{addition.words}"
    if len(text) > MOST_TEXT:
        raise TooLongWithAddition(most=MOST_TEXT)
    told = ProposalWords(
        title=proposal.title,
        text=text,
        reason=proposal.reason,
        place=proposal.place,
        cost=proposal.cost,
    )
    improve_proposal(uow, proposal, told, expected_version=proposal.version)
    addition.proposal_id, addition.entered_version = proposal.id, latest_version(uow, proposal)
    with force_locale(SOURCE):
        said = words or gettext("Приемам допълнението.")
    answer_question(uow, addition, said, is_official=False, expected_version=addition.version)


def decline_addition(
    uow: UnitOfWork, addition: ProposalQuestion, words: str, *, expected_version: int
) -> None:
    """The text stays as it is; everybody reads why. Twice is once. Raises StaleProposalQuestion."""
    if addition.answer == words:
        return
    _expect_open(addition, expected_version)
    answer_question(uow, addition, words, is_official=False, expected_version=expected_version)


def _expect_open(addition: ProposalQuestion, expected_version: int) -> None:
    if addition.version != expected_version or addition.answered_at:
        raise StaleProposalQuestion
