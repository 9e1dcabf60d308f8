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
from obshto.modules.eservices.models import Case, IssuedDocument, Proposal
from obshto.modules.eservices.services.case_actions import only_mine
from obshto.modules.eservices.services.case_queries import document_of
from obshto.modules.eservices.services.corrections import (
    Correction,
    issue_corrected,
    note_step,
)
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
    CaseTransition,
    move,
    record,
)
from obshto.platform.entity import expect_version
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
    """What waits for its second signature, or to be approved: a decision, or a correction."""
    if case.state not in (SIGNING, ISSUED):
        return None
    found = uow.session.get(Proposal, case.id)
    return found if found and found.is_correction == (case.state == ISSUED) else None


def proposed_text(uow: UnitOfWork, case: Case, proposal: Proposal) -> Text:
    """As it would be printed now."""
    answers = proposal.read()
    if proposal.is_correction:
        return Correction.read(answers).printed(replaced_by(uow, case))
    if proposal.is_refusal:
        return refusal_text(uow, case, answers[REASONS])
    return document_text(uow, case, answers, clerk=proposal.by_name)


def sign(uow: UnitOfWork, case: Case, *, expected_version: int) -> None:
    """Sign it: now it is decided. Raises StaleVersion, NotFromHere, NotTwice, NotPaidYet."""
    if case.state in (ISSUED, REFUSED) and proposal_of(uow, case) is None:
        return
    proposal = _other_than_mine(uow, case, expected_version)
    carry_out(uow, case, proposal)


def carry_out(uow: UnitOfWork, case: Case, proposal: Proposal) -> None:
    """What was signed or approved is issued now. Raises NotPaidYet."""
    if proposal.is_correction:
        issue_corrected(uow, case, Correction.read(proposal.read()))
    else:
        if not proposal.is_refusal and waits_for_money(uow, case):
            raise NotPaidYet
        way = REFUSE if proposal.is_refusal else ISSUE
        decide(uow, case, way, proposed_text(uow, case, proposal), proposal.read())
    uow.session.delete(proposal)


def drop(
    uow: UnitOfWork, case: Case, proposal: Proposal, way: CaseTransition, words: str | None = None
) -> None:
    """Not like this: a decision is worked on again, of a correction the document stays as it is."""
    if proposal.is_correction:
        note_step(uow, case, f"correction-{way.name}", words or "", hidden=True)
        record(uow, case, way.fact)
    else:
        move(uow, case, way, words=words, is_internal=True)
    uow.session.delete(proposal)


def replaced_by(uow: UnitOfWork, case: Case) -> IssuedDocument:
    """The document whose place a correction takes."""
    found = document_of(uow, case)
    assert found
    return found


def give_back(uow: UnitOfWork, case: Case, words: str, *, expected_version: int) -> None:
    """Not like this: back to who prepared it, with the reason, which the person does not read.

    Raises StaleVersion, NotFromHere, NotTwice.
    """
    drop(uow, case, _other_than_mine(uow, case, expected_version), RETURN, words)


def _other_than_mine(uow: UnitOfWork, case: Case, expected_version: int) -> Proposal:
    proposal = proposal_of(uow, case)
    if proposal is None:
        raise NotFromHere(state=STATES[case.state])
    expect_version(case, expected_version, StaleVersion)
    if proposal.waits_for:
        raise NeedsApprovals
    if proposal.by_id == uow.principal.person_id:
        raise NotTwice
    return proposal
