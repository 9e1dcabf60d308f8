"""Second signature: one official prepares a decision, another one signs it."""

from __future__ import annotations

from collections.abc import Mapping

from obshto.modules.eservices.errors import (
    NeedsApprovals,
    NotFromHere,
    NotPaidYet,
    NotTwice,
    StaleVersion,
    StillMissing,
)
from obshto.modules.eservices.models import Case, Proposal
from obshto.modules.eservices.services.case_actions import only_mine
from obshto.modules.eservices.services.decisions import (
    Text,
    decide,
    document_text,
    refusal_text,
    waits_for_money,
)
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.states import (
    ISSUE,
    ISSUED,
    PREPARE,
    PROPOSE,
    REFUSE,
    REFUSED,
    RETURN,
    SIGNING,
    STATES,
    move,
)
from obshto.platform.questionnaires.answers import missing
from obshto.platform.unit_of_work import UnitOfWork

REASONS = "reasons"


def waits_for_another(case: Case) -> bool:
    """Whether a decision is prepared for somebody else, who signs or approves it."""
    return case.needs_second or bool(definition_behind(case).approvals)


def propose(
    uow: UnitOfWork,
    case: Case,
    answers: Mapping[str, str],
    *,
    is_refusal: bool,
    expected_version: int,
) -> None:
    """Prepare a decision for another one to sign, or for those who approve it.

    Raises StaleVersion, NotFromHere, NotYours, StillMissing.
    """
    if case.state == SIGNING:
        return
    only_mine(uow, case, expected_version)
    if not is_refusal and missing(definition_behind(case).document.fields, answers):
        raise StillMissing
    roles = definition_behind(case).approvals
    move(uow, case, PREPARE if roles else PROPOSE)
    row = uow.session.get(Proposal, case.id) or Proposal(id=case.id)
    row.step, row.waits_for = 0, roles[0] if roles else ""
    row.keep(answers)
    row.is_refusal, row.at = is_refusal, uow.now
    row.by_id, row.by_name = uow.principal.person_id, uow.principal.name
    uow.session.add(row)


def proposal_of(uow: UnitOfWork, case: Case) -> Proposal | None:
    """What waits for its second signature."""
    return uow.session.get(Proposal, case.id) if case.state == SIGNING else None


def proposed_text(uow: UnitOfWork, case: Case, proposal: Proposal) -> Text:
    """As it would be printed now."""
    answers = proposal.read()
    if proposal.is_refusal:
        return refusal_text(uow, case, answers[REASONS])
    return document_text(uow, case, answers, clerk=proposal.by_name)


def sign(uow: UnitOfWork, case: Case, *, expected_version: int) -> None:
    """Sign it: now it is decided. Raises StaleVersion, NotFromHere, NotTwice, NotPaidYet."""
    if case.state in (ISSUED, REFUSED):
        return
    proposal = _other_than_mine(uow, case, expected_version)
    if not proposal.is_refusal and waits_for_money(uow, case):
        raise NotPaidYet
    text = proposed_text(uow, case, proposal)
    way = REFUSE if proposal.is_refusal else ISSUE
    decide(uow, case, way, text, proposal.read())
    uow.session.delete(proposal)


def give_back(uow: UnitOfWork, case: Case, words: str, *, expected_version: int) -> None:
    """Not like this: back to who prepared it, with the reason, which the person does not read.

    Raises StaleVersion, NotFromHere, NotTwice.
    """
    proposal = _other_than_mine(uow, case, expected_version)
    move(uow, case, RETURN, words=words, is_internal=True)
    uow.session.delete(proposal)


def _other_than_mine(uow: UnitOfWork, case: Case, expected_version: int) -> Proposal:
    proposal = proposal_of(uow, case)
    if proposal is None:
        raise NotFromHere(state=STATES[case.state])
    if case.version != expected_version:
        raise StaleVersion
    if proposal.waits_for:
        raise NeedsApprovals
    if proposal.by_id == uow.principal.person_id:
        raise NotTwice
    return proposal
