"""Supports of a proposal: by an account, by an address that was confirmed, at the counter."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.proposals.errors import SupportClosed
from obshto.modules.proposals.events import SupportAsked, SupportEntered
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.ladder import climb
from obshto.modules.proposals.services.queries import PART, proposal_of, public_proposal
from obshto.modules.proposals.services.states import OPEN, STATES, record
from obshto.platform.cases.channels import PORTAL
from obshto.platform.support.errors import SupporterUnknown
from obshto.platform.support.letters import Supportable, SupportLink
from obshto.platform.support.services import Supporter, give_support, withdraw_support
from obshto.platform.unit_of_work import UnitOfWork

PATH = "/proposals/support"


def support_proposal(
    uow: UnitOfWork, proposal_id: UUID, supporter: Supporter, *, request_id: UUID
) -> bool:
    """One more, and what follows from it; False where this person supports it already.

    Raises NoSuchProposal, SupportClosed, SupporterUnknown.
    """
    if not supporter.known_by:
        raise SupporterUnknown
    proposal = _locked(uow, proposal_id)
    if proposal.state not in OPEN:
        raise SupportClosed(state=STATES[proposal.state])
    given = give_support(uow, PART, proposal.id, supporter, request_id=request_id)
    if given.is_new:
        if supporter.channel != PORTAL:
            record(uow, proposal, SupportEntered)
        climb(uow, proposal, given.count.total)
    return given.is_new


def take_support_back(
    uow: UnitOfWork, proposal_id: UUID, supporter: Supporter, *, request_id: UUID
) -> bool:
    """One less; a threshold that was reached stays so. Raises NoSuchProposal, SupportClosed."""
    proposal = _locked(uow, proposal_id)
    if proposal.state not in OPEN:
        raise SupportClosed(state=STATES[proposal.state])
    return withdraw_support(uow, PART, proposal.id, supporter, request_id=request_id).is_new


def supportable(proposal: CitizenProposal) -> Supportable:
    """The proposal as a letter calls it that asks for support."""
    return Supportable(
        part=PART,
        object_id=proposal.id,
        name=gettext("предложение %(number)s", number=proposal.number),
        title=proposal.title,
        path=PATH,
        fact=SupportAsked.name,
    )


def confirm_support(uow: UnitOfWork, link: SupportLink, *, request_id: UUID) -> bool:
    """Raises LinkTooOld, and what `support_proposal` raises."""
    link.expect_fresh()
    return support_proposal(uow, link.object_id, link.supporter, request_id=request_id)


def _locked(uow: UnitOfWork, proposal_id: UUID) -> CitizenProposal:
    """The proposal's row before the count's: its state and its thresholds hold until the commit.

    What was merged, even while this waited, is supported where it leads.
    """
    found = proposal_of(uow, public_proposal(uow, proposal_id).id, to_change=True)
    return _locked(uow, found.merged_into) if found.merged_into else found
