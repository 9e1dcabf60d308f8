"""Moderation of proposals: flagged by readers, hidden with a reason, shown after an appeal.

A hidden proposal keeps its number, its supporters and its term: it is still decided by it.
"""

from __future__ import annotations

from uuid import UUID

from obshto.modules.proposals.errors import ProposalHiddenBefore
from obshto.modules.proposals.events import (
    ProposalFact,
    ProposalFlagged,
    ProposalHidden,
    ProposalLeft,
    ProposalShown,
    ProposalUpheld,
)
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.access_log import PART
from obshto.modules.proposals.services.states import DECIDED, IN_WORK, expect, note, record
from obshto.platform.cases.channels import PORTAL
from obshto.platform.db.base import new_id
from obshto.platform.moderation.flags import close_flags, put_flag
from obshto.platform.moderation.services import (
    Reason,
    decision_on,
    hide,
    hide_links,
    hide_on_flag,
    lift,
    said_of,
)
from obshto.platform.unit_of_work import UnitOfWork


def hide_proposal(
    uow: UnitOfWork, proposal: CitizenProposal, reason: Reason, *, expected_version: int
) -> None:
    """The public reads rule and reason in its place; the author is told and may appeal.

    What was hidden on a flag gets its real reason so. Sent twice it is once.

    Raises StaleProposal, ProposalHiddenBefore where another reason stands already.
    """
    decision = decision_on(uow, PART, proposal.id)
    if decision and not decision.is_provisional:
        if (decision.rule, decision.reason) == (reason.rule, reason.words):
            return
        raise ProposalHiddenBefore
    expect(proposal, expected_version)
    hide(uow, PART, proposal.id, reason, request_id=new_id())
    proposal.checked_at = uow.now
    close_flags(uow, PART, proposal.id)
    _put_away(uow, proposal, reason)


def show_proposal(uow: UnitOfWork, proposal: CitizenProposal, *, expected_version: int) -> None:
    """Staff take it back, until the author appeals. Raises StaleProposal, AppealWaits."""
    if not proposal.hidden_at:
        return
    expect(proposal, expected_version)
    lift(uow, PART, proposal.id)
    proposal.checked_at = uow.now
    close_flags(uow, PART, proposal.id)
    _show(uow, proposal)


def flag_proposal(
    uow: UnitOfWork, proposal: CitizenProposal, rule: str, *, request_id: UUID
) -> None:
    """A reader says that it breaks a rule: staff read it. Sent twice it is once.

    Personal data of others are hidden at once, unless staff have read these words: looked at
    them as moderators, took the proposal up or decided it. The proposal must be locked.
    """
    if not put_flag(uow, PART, proposal.id, rule, request_id=request_id):
        return
    record(uow, proposal, ProposalFlagged)
    if proposal.checked_at or proposal.hidden_at or proposal.state in (IN_WORK, *DECIDED):
        return
    if reason := hide_on_flag(uow, PART, proposal.id, rule, request_id=request_id):
        _put_away(uow, proposal, reason)


def hold_links(uow: UnitOfWork, proposal: CitizenProposal) -> None:
    """What a citizen wrote with a link to another site waits for a moderator, hidden."""
    if proposal.hidden_at or proposal.channel != PORTAL:
        return
    words = words_of(proposal)
    if reason := hide_links(uow, PART, proposal.id, words, request_id=new_id()):
        _put_away(uow, proposal, reason)


def words_of(proposal: CitizenProposal) -> str:
    """All that its author wrote."""
    told = (proposal.title, proposal.text, proposal.reason, proposal.place, proposal.cost)
    return "\n".join(filter(None, told))


def leave_proposal(uow: UnitOfWork, proposal: CitizenProposal, *, expected_version: int) -> None:
    """Staff find nothing against it, or leave hidden what its author mended. Twice is once.

    What nobody of the staff has decided to hide stays for a decision. Raises StaleProposal.
    """
    expect(proposal, expected_version)
    decision = decision_on(uow, PART, proposal.id)
    if decision and decision.is_provisional:
        return
    is_mended = proposal.hidden_at and not proposal.checked_at
    if close_flags(uow, PART, proposal.id) or is_mended:
        proposal.checked_at = uow.now
        record(uow, proposal, ProposalLeft)


def reviewed_proposal(uow: UnitOfWork, proposal: CitizenProposal, *, is_restored: bool) -> None:
    """Another person decided the appeal of its author."""
    if is_restored:
        _show(uow, proposal)
    else:
        _tell(uow, proposal, "upheld", ProposalUpheld)


def _put_away(uow: UnitOfWork, proposal: CitizenProposal, reason: Reason) -> None:
    proposal.hidden_at, proposal.hidden_why = proposal.hidden_at or uow.now, said_of(reason)
    _tell(uow, proposal, "hidden", ProposalHidden, by_staff=bool(proposal.checked_at))


def _show(uow: UnitOfWork, proposal: CitizenProposal) -> None:
    proposal.hidden_at, proposal.hidden_why = None, ""
    _tell(uow, proposal, "shown", ProposalShown)


def _tell(
    uow: UnitOfWork,
    proposal: CitizenProposal,
    word: str,
    fact: type[ProposalFact],
    *,
    by_staff: bool = True,
) -> None:
    note(uow, proposal, word, words=proposal.hidden_why, by_staff=by_staff)
    record(uow, proposal, fact)
