"""Acts of staff upon a proposal. Each asks first whether it is so already: the same form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from uuid import UUID

from flask_babel import lazy_gettext

from obshto.modules.proposals.errors import FollowUpNeeded, ProposalNotFromHere
from obshto.modules.proposals.events import (
    ProposalAssigned,
    ProposalExtended,
    ProposalSorted,
)
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.announcements import begin_announcement
from obshto.modules.proposals.services.ladder import STUDY
from obshto.modules.proposals.services.states import (
    CARRY_OUT,
    IN_WORK,
    PROMISED,
    STATES,
    TAKE,
    UNDER_WAY,
    ProposalTransition,
    expect,
    expect_mine,
    move,
    note,
    record,
)
from obshto.modules.proposals.services.submission import PICTURE
from obshto.platform.legal.terms import received_on, term
from obshto.platform.storage.services import keep_photo
from obshto.platform.unit_of_work import UnitOfWork

MOST_WORDS = 2_000
READY_TEXTS = (
    lazy_gettext("Приемаме. Ще го направим със средства от бюджета за тази година."),
    lazy_gettext("Приемаме отчасти. Останалото не е по силите на общината."),
    lazy_gettext("Не приемаме: няма средства. Ще го обсъдим с бюджета за догодина."),
    lazy_gettext("Не е на общината. Изпратихме го на органа, който решава."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDecision:
    """What was decided and why; of what is accepted also what follows, by whom, until when."""

    words: str
    follow_up: str = ""
    follow_up_by: str = ""
    follow_up_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalSorting:
    """What staff say of it: its subject, whether everybody sees the picture."""

    subject: str
    shows_picture: bool


def take_proposal(uow: UnitOfWork, proposal: CitizenProposal, *, expected_version: int) -> None:
    """It is mine from now on; from a colleague too. Raises StaleProposal, ProposalNotFromHere."""
    me = uow.principal
    if proposal.assignee_id == me.person_id and proposal.state in (IN_WORK, *PROMISED):
        return
    expect(proposal, expected_version)
    _give(uow, proposal, to=me.person_id, name=me.name)
    note(uow, proposal, "assigned", words=me.name, is_internal=True)


def assign_proposal(
    uow: UnitOfWork,
    proposal: CitizenProposal,
    *,
    department: str = "",
    to: UUID | None = None,
    name: str = "",
    expected_version: int,
) -> None:
    """A department answers from now on, or one colleague: who receives it is told.

    Without a colleague it waits for who takes it. Raises StaleProposal, ProposalNotFromHere.
    """
    if (proposal.department, proposal.assignee_id) == (department, to):
        return
    expect(proposal, expected_version)
    expect_handled(proposal)
    proposal.department = department
    if to:
        _give(uow, proposal, to=to, name=name)
    else:
        proposal.assignee_id, proposal.assignee = None, ""
    words = ", ".join(filter(None, (department, name)))
    note(uow, proposal, "assigned", words=words, is_internal=True)
    record(uow, proposal, ProposalAssigned)


def sort_proposal(
    uow: UnitOfWork, proposal: CitizenProposal, sorting: ProposalSorting, *, expected_version: int
) -> None:
    """Set subject and picture. Raises StaleProposal."""
    wanted = {name: getattr(sorting, name) for name in ProposalSorting.__slots__}
    is_so = all(getattr(proposal, name) == value for name, value in wanted.items())
    if is_so and 0 < expected_version <= proposal.version:
        return  # the same form, sent twice
    expect(proposal, expected_version)
    for name, value in wanted.items():
        setattr(proposal, name, value)
    note(uow, proposal, "sorted", is_internal=True)
    record(uow, proposal, ProposalSorted)


def extend_term(
    uow: UnitOfWork, proposal: CitizenProposal, why: str, *, expected_version: int
) -> None:
    """Up to six months from the beginning, with a reason, once (АПК чл. 118, ал. 2).

    Raises StaleProposal, ProposalNotYours, ProposalNotFromHere.
    """
    if proposal.extension:
        return
    expect_mine(uow, proposal, expected_version)
    if proposal.state not in UNDER_WAY or proposal.handed_in_at is None:
        raise ProposalNotFromHere(state=STATES[proposal.state])
    proposal.extension = why
    proposal.due_on = term(STUDY, starts_on=received_on(proposal.handed_in_at)).due_on
    note(uow, proposal, "extended", words=why)
    record(uow, proposal, ProposalExtended)


def decide_proposal(
    uow: UnitOfWork,
    proposal: CitizenProposal,
    way: ProposalTransition,
    decision: ProposalDecision,
    *,
    expected_version: int,
) -> None:
    """A decision with its reasons, to be told in seven days.

    Raises StaleProposal, ProposalNotYours, ProposalNotFromHere, FollowUpNeeded.
    """
    if proposal.state == way.to:
        return
    expect_mine(uow, proposal, expected_version)
    follows = (decision.follow_up, decision.follow_up_by, decision.follow_up_on)
    if way.to in PROMISED and not all(follows):
        raise FollowUpNeeded
    move(uow, proposal, way, words=decision.words)
    proposal.decision = decision.words
    if way.to in PROMISED:
        proposal.follow_up, proposal.follow_up_by, proposal.follow_up_on = follows
    proposal.decided_at = uow.now
    begin_announcement(uow, proposal)
    proposal.ended_at = None if way.to in PROMISED else uow.now


def carry_out(
    uow: UnitOfWork,
    proposal: CitizenProposal,
    words: str,
    *,
    expected_version: int,
    picture: BinaryIO | None = None,
) -> None:
    """What was promised is there, with a picture of it where there is one.

    Raises StaleProposal, ProposalNotYours, ProposalNotFromHere, FileRefused.
    """
    if proposal.state == CARRY_OUT.to:
        return
    expect_mine(uow, proposal, expected_version)
    if picture:
        proposal.outcome_picture_id = keep_photo(uow, picture, name=PICTURE, has_copies=True).id
    move(uow, proposal, CARRY_OUT, words=words)
    proposal.outcome, proposal.ended_at = words, uow.now


def expect_handled(proposal: CitizenProposal) -> None:
    """Somebody has to answer it or to do what was promised. Raises ProposalNotFromHere."""
    if proposal.state not in (*UNDER_WAY, *PROMISED):
        raise ProposalNotFromHere(state=STATES[proposal.state])


def _give(uow: UnitOfWork, proposal: CitizenProposal, *, to: UUID | None, name: str) -> None:
    expect_handled(proposal)
    proposal.assignee_id, proposal.assignee = to, name
    if proposal.state in TAKE.sources:
        move(uow, proposal, TAKE)
