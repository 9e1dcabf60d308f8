"""Moderation of proposals: flagged by readers, hidden with a reason, shown after an appeal.

A hidden proposal keeps its number, its supporters and its term: it is still decided by it.
"""

from __future__ import annotations

from collections.abc import Mapping

from obshto.modules.proposals.errors import ProposalHiddenBefore, StaleProposal
from obshto.modules.proposals.events import (
    ProposalFlagged,
    ProposalHidden,
    ProposalLeft,
    ProposalShown,
    ProposalUpheld,
)
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.access_log import PART
from obshto.modules.proposals.services.states import DECIDED, IN_WORK, note, record
from obshto.platform.cases.channels import PORTAL
from obshto.platform.domain_events import DomainEvent
from obshto.platform.moderation.whole_rows import ModerationFacts, RowModeration
from obshto.platform.unit_of_work import UnitOfWork

# Lines of the public history.
_NOTES: Mapping[type[DomainEvent], str] = {
    ProposalHidden: "hidden",
    ProposalShown: "shown",
    ProposalUpheld: "upheld",
}


def words_of(proposal: CitizenProposal) -> str:
    """All that its author wrote."""
    told = (proposal.title, proposal.text, proposal.reason, proposal.place, proposal.cost)
    return "\n".join(filter(None, told))


def hold_links(uow: UnitOfWork, proposal: CitizenProposal) -> None:
    """What a citizen wrote with a link to another site waits for a moderator, hidden."""
    if proposal.channel == PORTAL:
        _moderation.hold_links(uow, proposal)


def _tell(uow: UnitOfWork, proposal: CitizenProposal, fact: type[DomainEvent], reason: str) -> None:
    """Who hides on a flag is nobody; all else is staff's, under their name."""
    if fact in (ProposalHidden, ProposalShown):
        proposal.hidden_why = reason
    if name := _NOTES.get(fact):
        by_staff = fact is not ProposalHidden or bool(proposal.checked_at)
        note(uow, proposal, name, words=proposal.hidden_why, by_staff=by_staff)
    record(uow, proposal, fact)


_moderation: RowModeration[CitizenProposal] = RowModeration(
    part=PART,
    stale=StaleProposal,
    hidden_before=ProposalHiddenBefore,
    facts=ModerationFacts(
        flagged=ProposalFlagged,
        hidden=ProposalHidden,
        shown=ProposalShown,
        upheld=ProposalUpheld,
        left=ProposalLeft,
    ),
    tell=_tell,
    words=words_of,
    is_read=lambda proposal: proposal.state in (IN_WORK, *DECIDED),
)
hide_proposal, show_proposal = _moderation.hide, _moderation.show
flag_proposal, leave_proposal = _moderation.flag, _moderation.leave
reviewed_proposal = _moderation.review
