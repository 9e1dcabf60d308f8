"""Announcements: what staff say by phone, at the counter, by post where no letter, no SMS gets.

A decision has the law's seven days (АПК чл. 118, ал. 1), other outcomes get as many. What is to be
said stands in the history of the proposal, as a note for colleagues, until one announcement.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID, uuid5

from sqlalchemy import select

from obshto.modules.proposals.errors import ProposalNotFromHere
from obshto.modules.proposals.events import ProposalAnnounced
from obshto.modules.proposals.models import CitizenProposal, ProposalLine
from obshto.modules.proposals.services.ladder import TOLD
from obshto.modules.proposals.services.queries import proposal_of
from obshto.modules.proposals.services.states import STATES, expect, note, record
from obshto.platform.clock import day_of
from obshto.platform.legal.terms import term
from obshto.platform.notify.services import gets_sms
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.unit_of_work import UnitOfWork

OWED, ANNOUNCED = "owed", "announced"


def begin_announcement(uow: UnitOfWork, proposal: CitizenProposal) -> None:
    """Of a decision: it is told at once where something gets to the author by itself."""
    if not is_owed(proposal):
        proposal.announced_at = uow.now if _is_reached(uow, proposal) else None
    proposal.announce_by = term(TOLD, starts_on=day_of(uow.now)).due_on


def owe_announcement(uow: UnitOfWork, proposal_id: UUID, words: str, *, cause: UUID) -> None:
    """Once for each cause, however often its letter is tried."""
    proposal = proposal_of(uow, proposal_id, to_change=True)
    request_id = uuid5(cause, str(proposal_id))
    known = select(ProposalLine.id).where(ProposalLine.request_id == request_id)
    if uow.session.scalar(known):
        return
    note(uow, proposal, OWED, words=words, is_internal=True, request_id=request_id)
    if not is_owed(proposal):
        proposal.announce_by = term(TOLD, starts_on=day_of(uow.now)).due_on
        proposal.announced_at = None


def announce(uow: UnitOfWork, proposal: CitizenProposal, *, expected_version: int) -> None:
    """The author was told all that waited. Raises StaleProposal, ProposalNotFromHere."""
    if proposal.announced_at:
        return
    expect(proposal, expected_version)
    if proposal.announce_by is None:
        raise ProposalNotFromHere(state=STATES[proposal.state])
    proposal.announced_at = uow.now
    note(uow, proposal, ANNOUNCED, is_internal=True)
    record(uow, proposal, ProposalAnnounced)


def is_owed(proposal: CitizenProposal) -> bool:
    """Something waits to be said."""
    return proposal.announce_by is not None and proposal.announced_at is None


def owed_words(lines: Iterable[ProposalLine]) -> list[str]:
    """What is to be said, in order, of a history: what came after the last announcement."""
    words: list[str] = []
    for line in lines:
        if line.name == ANNOUNCED:
            words.clear()
        elif line.name == OWED:
            words.append(line.words or "")
    return words


def _is_reached(uow: UnitOfWork, proposal: CitizenProposal) -> bool:
    if proposal.person_id or proposal.email:
        return True
    phone = read_phone(proposal.phone or "")
    return phone is not None and gets_sms(uow, phone)
