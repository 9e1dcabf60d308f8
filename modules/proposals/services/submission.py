"""Submission and improvement of a proposal: by its author, or by staff for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from obshto.modules.proposals.errors import ProposalNotFromHere
from obshto.modules.proposals.events import ProposalChanged
from obshto.modules.proposals.models import (
    CitizenProposal,
    ProposalCounter,
    ProposalVersion,
)
from obshto.modules.proposals.services.codes import code_of, index_of
from obshto.modules.proposals.services.ladder import hand_in_now, thresholds_for
from obshto.modules.proposals.services.moderation import hold_links
from obshto.modules.proposals.services.states import (
    COLLECTING,
    SEND,
    STATES,
    WITHDRAW,
    expect,
    move,
    note,
    record,
)
from obshto.platform.cases.channels import PORTAL
from obshto.platform.cases.numbers import next_number
from obshto.platform.db.base import new_id
from obshto.platform.entity import of_request
from obshto.platform.storage.services import forget_files, keep_photo
from obshto.platform.unit_of_work import UnitOfWork

WORDS = ("title", "text", "reason", "place", "cost")
MOST_TEXT = 2_000
PICTURE = "snimka"  # the name that somebody gave the file may say who they are


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalWords:
    """What a proposal says: what, why, where exactly, what it may cost."""

    title: str
    text: str
    reason: str = ""
    place: str = ""
    cost: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalSender:
    """Who makes it and about which place. `point` is latitude and longitude."""

    subject: str
    settlement: str = ""
    point: tuple[float, float] | None = None
    name: str = ""
    email: str = ""
    phone: str = ""
    is_named: bool = False
    is_final: bool = False  # handed in at once
    language: str = "bg"
    channel: str = PORTAL


def send_proposal(
    uow: UnitOfWork,
    words: ProposalWords,
    sender: ProposalSender,
    *,
    request_id: UUID,
    picture: BinaryIO | None = None,
) -> CitizenProposal:
    """Take it up under the next number; the same `request_id` again finds the first.

    Raises FileRefused.
    """
    if first := of_request(uow, CitizenProposal, request_id):
        return first
    proposal = _proposal(uow, words, sender, request_id=request_id)
    try:
        with uow.session.begin_nested():
            if picture:
                proposal.picture_id = keep_photo(uow, picture, name=PICTURE, has_copies=True).id
            # The number last: its row is locked, and drawing a photograph takes seconds.
            proposal.year, proposal.sequence = next_number(uow, ProposalCounter, "proposal")
            uow.session.add(proposal)
            uow.session.flush()
    except IntegrityError:  # a second click in the same instant
        if first := of_request(uow, CitizenProposal, request_id):
            return first
        raise
    _keep_version(uow, proposal, 1)
    note(uow, proposal, SEND.name, by_staff=bool(proposal.entered_by))
    record(uow, proposal, SEND.fact)
    hold_links(uow, proposal)
    if sender.is_final:
        hand_in_now(uow, proposal)
    uow.session.flush()
    return proposal


def improve_proposal(
    uow: UnitOfWork,
    proposal: CitizenProposal,
    words: ProposalWords,
    *,
    expected_version: int,
    picture: BinaryIO | None = None,
) -> None:
    """New words, while it collects support; the old ones stay to be read, supporters are told.

    What is mended while it is hidden is read in no version any more.

    Raises StaleProposal, ProposalNotFromHere, FileRefused.
    """
    said = {name: getattr(words, name) for name in WORDS}
    if not picture and all(getattr(proposal, name) == value for name, value in said.items()):
        return
    expect(proposal, expected_version)
    if proposal.state != COLLECTING:
        raise ProposalNotFromHere(state=STATES[proposal.state])
    if picture:
        _replace_picture(uow, proposal, picture)
    for name, value in said.items():
        setattr(proposal, name, value)
    proposal.checked_at = None
    if proposal.hidden_at:
        _hide_versions(uow, proposal)
    _keep_version(uow, proposal, latest_version(uow, proposal) + 1)
    note(uow, proposal, "changed", by_staff=False)
    record(uow, proposal, ProposalChanged)
    hold_links(uow, proposal)
    uow.session.flush()


def hand_in(uow: UnitOfWork, proposal: CitizenProposal, *, expected_version: int) -> None:
    """From now on it stands as it is and the term runs. Raises StaleProposal."""
    if proposal.state != COLLECTING and proposal.version > expected_version:
        return
    expect(proposal, expected_version)
    hand_in_now(uow, proposal)


def withdraw_proposal(uow: UnitOfWork, proposal: CitizenProposal, *, expected_version: int) -> None:
    """Its author does not want it any more. Raises StaleProposal, ProposalNotFromHere."""
    if proposal.state == WITHDRAW.to:
        return
    expect(proposal, expected_version)
    move(uow, proposal, WITHDRAW)
    proposal.ended_at = uow.now


def _proposal(
    uow: UnitOfWork, words: ProposalWords, sender: ProposalSender, *, request_id: UUID
) -> CitizenProposal:
    by_staff = sender.channel != PORTAL
    latitude, longitude = sender.point or (None, None)
    needs_mayor, needs_council = thresholds_for(uow, sender.settlement)
    return CitizenProposal(
        id=new_id(),
        request_id=request_id,
        person_id=None if by_staff else uow.principal.person_id,
        code_index=index_of(code_of(request_id)),
        channel=sender.channel,
        entered_by_id=uow.principal.person_id if by_staff else None,
        entered_by=uow.principal.name if by_staff else "",
        applicant=sender.name,
        state=COLLECTING,
        sent_at=uow.now,
        assignee="",
        subject=sender.subject,
        settlement=sender.settlement,
        latitude=latitude,
        longitude=longitude,
        **{name: getattr(words, name) for name in WORDS},
        is_named=sender.is_named,
        email=sender.email or None,
        phone=sender.phone or None,
        language=sender.language,
        needs_mayor=needs_mayor,
        needs_council=needs_council,
    )


def _keep_version(uow: UnitOfWork, proposal: CitizenProposal, number: int) -> None:
    said = {name: getattr(proposal, name) for name in WORDS}
    uow.session.add(ProposalVersion(proposal_id=proposal.id, number=number, at=uow.now, **said))


def _hide_versions(uow: UnitOfWork, proposal: CitizenProposal) -> None:
    """Those that were hidden alone, too: whoever takes that back shows nothing of what is here."""
    own = ProposalVersion.proposal_id == proposal.id
    uow.session.execute(update(ProposalVersion).where(own).values(hidden_at=uow.now))


def latest_version(uow: UnitOfWork, proposal: CitizenProposal) -> int:
    """The number of the words that stand now. One query."""
    numbers = select(ProposalVersion.number).where(ProposalVersion.proposal_id == proposal.id)
    return uow.session.scalar(numbers.order_by(ProposalVersion.number.desc()).limit(1)) or 0


def _replace_picture(uow: UnitOfWork, proposal: CitizenProposal, picture: BinaryIO) -> None:
    """What staff checked was the old one."""
    old = proposal.picture_id
    proposal.picture_id = keep_photo(uow, picture, name=PICTURE, has_copies=True).id
    proposal.shows_picture = False
    uow.session.flush()
    forget_files(uow, [old] if old else [])
