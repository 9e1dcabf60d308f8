"""Retention of proposals: names leave, the proposal stays; terms and waiting drafts are watched."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select, update

from obshto.modules.proposals.events import ProposalCouncilLate, ProposalLate
from obshto.modules.proposals.models import (
    CitizenProposal,
    ProposalCoauthor,
    ProposalLine,
    ProposalMilestone,
)
from obshto.modules.proposals.services.coauthors import OPEN_FOR, hand_on
from obshto.modules.proposals.services.ladder import hand_in_now
from obshto.modules.proposals.services.queries import (
    PART,
    council_day_passed,
    council_owes,
    overdue,
)
from obshto.modules.proposals.services.questions import forget_asker
from obshto.modules.proposals.services.states import COLLECTING, record
from obshto.platform.clock import day_of
from obshto.platform.followers.services import forget_followers
from obshto.platform.moderation.services import forget_appeals
from obshto.platform.storage.services import forget_files
from obshto.platform.support.services import anonymize
from obshto.platform.unit_of_work import UnitOfWork

KEPT = timedelta(days=365)  # after the end, while somebody may come back to it
COLLECTS = timedelta(days=90)  # then it is handed in with the support that it has
AT_ONCE = 200  # rows of one transaction


def watch_terms(uow: UnitOfWork) -> None:
    """Job: of what is past its term mayor and secretary are told, once for each term."""
    late = select(CitizenProposal).where(overdue(day_of(uow.now)))
    late = late.where(CitizenProposal.late_for.is_distinct_from(CitizenProposal.due_on)).order_by(
        CitizenProposal.id
    )
    for proposal in uow.session.scalars(late.limit(AT_ONCE).with_for_update(skip_locked=True)):
        proposal.late_for = proposal.due_on
        record(uow, proposal, ProposalLate)


def watch_council(uow: UnitOfWork) -> None:
    """Job: of what the council has not answered in time mayor and secretary are told once."""
    row = ProposalMilestone
    late = select(row, CitizenProposal).join(CitizenProposal, CitizenProposal.id == row.proposal_id)
    late = late.where(row.told_late_at.is_(None), *council_day_passed(day_of(uow.now)))
    late = late.where(*council_owes()).order_by(row.proposal_id).limit(AT_ONCE)
    found = uow.session.execute(late.with_for_update(of=row, skip_locked=True))
    for milestone, proposal in found:
        milestone.told_late_at = uow.now
        record(uow, proposal, ProposalCouncilLate)


def hand_in_waiting(uow: UnitOfWork) -> None:
    """Job: what collected for three months is handed in, whatever it has."""
    waiting = select(CitizenProposal).where(
        CitizenProposal.state == COLLECTING, CitizenProposal.sent_at < uow.now - COLLECTS
    )
    rows = waiting.order_by(CitizenProposal.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    for proposal in uow.session.scalars(rows):
        hand_in_now(uow, proposal)


def empty_old_proposals(uow: UnitOfWork) -> None:
    """Job: a year after its end nothing stays that says who made or who supported it."""
    old = select(CitizenProposal).where(CitizenProposal.ended_at < uow.now - KEPT)
    old = (
        old.where(CitizenProposal.is_emptied.is_(False)).order_by(CitizenProposal.id).limit(AT_ONCE)
    )
    for proposal in uow.session.scalars(old.with_for_update(skip_locked=True)):
        _empty(uow, proposal)
        anonymize(uow, PART, [proposal.id])
        forget_followers(uow, PART, [proposal.id])


def forget_invited(uow: UnitOfWork) -> None:
    """Job: the address of who did not come in seven days."""
    uow.session.execute(
        delete(ProposalCoauthor).where(
            ProposalCoauthor.joined_at.is_(None), ProposalCoauthor.invited_at < uow.now - OPEN_FOR
        )
    )


def forget_person(uow: UnitOfWork, person_id: UUID) -> None:
    """The name and reach of an author go at once; of staff no name stays."""
    own = (
        select(CitizenProposal)
        .where(CitizenProposal.person_id == person_id)
        .order_by(CitizenProposal.id)
    )
    along = delete(ProposalCoauthor).where(ProposalCoauthor.person_id == person_id)
    uow.session.execute(along)
    forget_asker(uow, person_id)
    for proposal in uow.session.scalars(own.with_for_update()):
        if not hand_on(uow, proposal):
            _empty(uow, proposal)
    for model, column, values in (
        (CitizenProposal, CitizenProposal.assignee_id, {"assignee_id": None, "assignee": ""}),
        (CitizenProposal, CitizenProposal.entered_by_id, {"entered_by_id": None, "entered_by": ""}),
        (ProposalLine, ProposalLine.by_id, {"by_id": None, "by_name": ""}),
    ):
        uow.session.execute(update(model).where(column == person_id).values(values))


def _empty(uow: UnitOfWork, proposal: CitizenProposal) -> None:
    if proposal.picture_id and not proposal.shows_picture:
        forget_files(uow, [proposal.picture_id])
        proposal.picture_id = None
    forget_appeals(uow, PART, [proposal.id])
    along = delete(ProposalCoauthor).where(ProposalCoauthor.proposal_id == proposal.id)
    uow.session.execute(along)
    proposal.person_id = proposal.code_index = None
    proposal.applicant, proposal.email, proposal.phone = "", None, None
    proposal.is_named, proposal.is_emptied = False, True
    uow.session.flush()
