"""Second signature: one official prepares a decision, another one signs it."""

from __future__ import annotations

from collections.abc import Mapping

from obshto.modules.eservices.errors import (
    ChangedMeanwhile,
    NotFromHere,
    NotPaidYet,
    NotTwice,
    StillMissing,
)
from obshto.modules.eservices.models import Case, Proposal
from obshto.modules.eservices.services.answers import missing
from obshto.modules.eservices.services.deciding import (
    Text,
    decide,
    document_text,
    refusal_text,
    waits_for_money,
)
from obshto.modules.eservices.services.handling import only_mine
from obshto.modules.eservices.services.reading import definition_behind_case
from obshto.modules.eservices.services.states import (
    ISSUE,
    ISSUED,
    PROPOSE,
    REFUSE,
    REFUSED,
    RETURN,
    SIGNING,
    STATES,
    move,
)
from obshto.platform.work import Work

REASONS = "reasons"


def propose(
    work: Work, case: Case, answers: Mapping[str, str], *, is_refusal: bool, seen: int
) -> None:
    """Prepare a decision for another one to sign.

    Raises ChangedMeanwhile, NotFromHere, NotYours, StillMissing.
    """
    if case.state == SIGNING:
        return
    only_mine(work, case, seen)
    if not is_refusal and missing(definition_behind_case(case).document.fields, answers):
        raise StillMissing
    move(work, case, PROPOSE)
    row = work.session.get(Proposal, case.id) or Proposal(id=case.id)
    row.keep(answers)
    row.is_refusal, row.at = is_refusal, work.now
    row.by_id, row.by_name = work.principal.person_id, work.principal.name
    work.session.add(row)


def proposal_of(work: Work, case: Case) -> Proposal | None:
    """What waits for its second signature."""
    return work.session.get(Proposal, case.id) if case.state == SIGNING else None


def proposed_text(work: Work, case: Case, proposal: Proposal) -> Text:
    """As it would be printed now."""
    answers = proposal.read()
    if proposal.is_refusal:
        return refusal_text(work, case, answers[REASONS])
    return document_text(work, case, answers, clerk=proposal.by_name)


def sign(work: Work, case: Case, *, seen: int) -> None:
    """Sign it: now it is decided. Raises ChangedMeanwhile, NotFromHere, NotTwice, NotPaidYet."""
    if case.state in (ISSUED, REFUSED):
        return
    proposal = _other_than_mine(work, case, seen)
    if not proposal.is_refusal and waits_for_money(work, case):
        raise NotPaidYet
    text = proposed_text(work, case, proposal)
    way = REFUSE if proposal.is_refusal else ISSUE
    decide(work, case, way, text, proposal.read())
    work.session.delete(proposal)


def give_back(work: Work, case: Case, words: str, *, seen: int) -> None:
    """Not like this: back to who prepared it, with the reason, which the person does not read.

    Raises ChangedMeanwhile, NotFromHere, NotTwice.
    """
    proposal = _other_than_mine(work, case, seen)
    move(work, case, RETURN, words=words, is_internal=True)
    work.session.delete(proposal)


def _other_than_mine(work: Work, case: Case, seen: int) -> Proposal:
    proposal = proposal_of(work, case)
    if proposal is None:
        raise NotFromHere(state=STATES[case.state])
    if case.version != seen:
        raise ChangedMeanwhile
    if proposal.by_id == work.principal.person_id:
        raise NotTwice
    return proposal
