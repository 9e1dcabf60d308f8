"""Moderation of proposals: flagged by readers, hidden with a reason, shown after an appeal.

A hidden proposal is still decided by its term.
"""

from __future__ import annotations

from uuid import UUID

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
from obshto.modules.proposals.services.states import expect, note, record
from obshto.platform.db.base import new_id
from obshto.platform.moderation.flags import close_flags, put_flag
from obshto.platform.moderation.services import Reason, hide, lift, said_of
from obshto.platform.unit_of_work import UnitOfWork


def hide_proposal(
    uow: UnitOfWork, proposal: CitizenProposal, reason: Reason, *, expected_version: int
) -> None:
    """The public reads rule and reason in its place; the author is told and may appeal.

    Raises StaleProposal.
    """
    if proposal.hidden_at:
        return
    expect(proposal, expected_version)
    proposal.hidden_at, proposal.hidden_why = uow.now, said_of(reason)
    hide(uow, PART, proposal.id, reason, request_id=new_id())
    close_flags(uow, PART, proposal.id)
    _tell(uow, proposal, "hidden", ProposalHidden)


def show_proposal(uow: UnitOfWork, proposal: CitizenProposal, *, expected_version: int) -> None:
    """Staff take it back, until the author appeals. Raises StaleProposal, AppealWaits."""
    if not proposal.hidden_at:
        return
    expect(proposal, expected_version)
    lift(uow, PART, proposal.id)
    _show(uow, proposal)


def flag_proposal(
    uow: UnitOfWork, proposal: CitizenProposal, rule: str, *, request_id: UUID
) -> None:
    """A reader says that it breaks a rule: staff read it. Sent twice it is once."""
    if put_flag(uow, PART, proposal.id, rule, request_id=request_id):
        record(uow, proposal, ProposalFlagged)


def leave_proposal(uow: UnitOfWork, proposal: CitizenProposal, *, expected_version: int) -> None:
    """Staff find nothing against it. Twice is once. Raises StaleProposal."""
    expect(proposal, expected_version)
    if close_flags(uow, PART, proposal.id):
        record(uow, proposal, ProposalLeft)


def reviewed_proposal(uow: UnitOfWork, proposal: CitizenProposal, *, is_restored: bool) -> None:
    """Another person decided the appeal of its author."""
    if is_restored:
        _show(uow, proposal)
    else:
        _tell(uow, proposal, "upheld", ProposalUpheld)


def _show(uow: UnitOfWork, proposal: CitizenProposal) -> None:
    proposal.hidden_at, proposal.hidden_why = None, ""
    _tell(uow, proposal, "shown", ProposalShown)


def _tell(uow: UnitOfWork, proposal: CitizenProposal, word: str, fact: type[ProposalFact]) -> None:
    note(uow, proposal, word, words=proposal.hidden_why)
    record(uow, proposal, fact)
