"""Intake of proposals: what was discussed elsewhere becomes one, in its author's name."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask_babel import LazyString

from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.subjects import SUBJECTS
from obshto.modules.proposals.services.submission import (
    ProposalSender,
    ProposalWords,
    send_proposal,
)
from obshto.platform.cases.channels import PORTAL
from obshto.platform.modularity.intakes import HandedOn, TakenUp
from obshto.platform.unit_of_work import UnitOfWork


class ProposalDesk:
    """It collects support; its author may improve it or take it back."""

    permission = None

    def kinds(self, uow: UnitOfWork) -> Mapping[str, LazyString]:
        return {word: subject.title for word, subject in SUBJECTS.items()}

    def take_up(self, uow: UnitOfWork, handed: HandedOn, *, request_id: UUID) -> TakenUp:
        words = ProposalWords(title=handed.title, text=handed.text, reason=handed.origin)
        sender = ProposalSender(
            subject=handed.kind,
            settlement=handed.settlement,
            name=handed.name,
            email=handed.email,
            phone=handed.phone,
            language=handed.language,
            channel=handed.channel,
        )
        proposal = send_proposal(uow, words, sender, request_id=request_id)
        _belong_to_author(uow, proposal, handed)
        return TakenUp(proposal.number, proposal.path, f"/console/proposals/{proposal.id}")


def _belong_to_author(uow: UnitOfWork, proposal: CitizenProposal, handed: HandedOn) -> None:
    """Who pressed is the one that entered it, not the one that proposes."""
    proposal.person_id = handed.person_id
    if handed.channel == PORTAL:
        proposal.entered_by_id, proposal.entered_by = uow.principal.person_id, uow.principal.name
    uow.session.flush()
