"""Merge of two alike proposals: asked for by an author or a clerk, done when both authors agree.

One stays, with the supporters of both, each counted once; the other is read as it was, and its
address leads to the one that stays. Whichever term of the law ends first is the term of both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import aliased, defer

from obshto.modules.proposals.errors import (
    MergeClosed,
    MergeOver,
    MergeRefused,
    MergeWaits,
    MergeWithItself,
    NoSuchMerge,
    StaleProposal,
)
from obshto.modules.proposals.events import (
    MergeAgreed,
    MergeAsked,
    MergeDeclined,
    MergeTakenBack,
    ProposalAbsorbed,
)
from obshto.modules.proposals.models import CitizenProposal, ProposalMerge
from obshto.modules.proposals.services.ladder import climb, hand_in_now
from obshto.modules.proposals.services.queries import PART, UNSHOWN, proposal_of
from obshto.modules.proposals.services.states import (
    COLLECTING,
    MERGE,
    OPEN,
    STATES,
    UNDER_WAY,
    move,
    note,
    record,
)
from obshto.platform.entity import expect_version, of_request
from obshto.platform.support.merge import merge_support
from obshto.platform.unit_of_work import UnitOfWork

MERGED, DECLINED, TAKEN_BACK, LAPSED = "merged", "declined", "taken-back", "lapsed"
Two = Mapping[UUID, CitizenProposal]


def ask_to_merge(
    uow: UnitOfWork,
    proposal_id: UUID,
    into_id: UUID,
    *,
    request_id: UUID,
    asked_from: UUID | None = None,
) -> ProposalMerge:
    """Ask the authors who have not agreed by asking; the same `request_id` again finds the first.

    `asked_from` is the proposal whose author asks, none for a clerk. Raises MergeWithItself,
    MergeClosed, MergeWaits, MergeRefused, NoSuchProposal.
    """
    if proposal_id == into_id:
        raise MergeWithItself
    two = _locked(uow, proposal_id, into_id)
    if first := of_request(uow, ProposalMerge, request_id):
        return first
    _expect_open(two)
    _expect_unasked(uow, proposal_id, into_id, asked_from)
    merge = ProposalMerge(
        request_id=request_id,
        proposal_id=proposal_id,
        into_id=into_id,
        asked_at=uow.now,
        asked_from=asked_from,
    )
    uow.session.add(merge)
    own = two[asked_from].person_id if asked_from else None
    for key, one in two.items():
        if key == asked_from or (own and one.person_id == own):
            _agree(uow, merge, one)
        else:
            record(uow, one, MergeAsked)
    _merge_where_agreed(uow, merge, two)
    uow.session.flush()
    return merge


def answer_merge(
    uow: UnitOfWork,
    merge_id: UUID,
    proposal_id: UUID,
    *,
    agrees: bool,
    expected_version: int,
) -> str:
    """What the author of that proposal says; the outcome, empty while the other is awaited.

    The same answer again changes nothing. Raises NoSuchMerge, MergeOver, MergeClosed,
    StaleProposal.
    """
    merge, two = _to_end(uow, merge_id, proposal_id)
    said = merge.agreed_at if proposal_id == merge.proposal_id else merge.into_agreed_at
    if agrees and (said and merge.outcome in ("", MERGED)):
        return merge.outcome
    if not agrees and merge.outcome == DECLINED:
        return merge.outcome
    if merge.ended_at:
        raise MergeOver
    expect_version(merge, expected_version, StaleProposal)
    if agrees:
        _expect_open(two)
        _agree(uow, merge, two[proposal_id])
        _merge_where_agreed(uow, merge, two)
    else:
        _end(uow, merge, DECLINED)
        for key in _agreed(merge):
            record(uow, two[key], MergeDeclined)
    uow.session.flush()
    return merge.outcome


def take_merge_back(
    uow: UnitOfWork, merge_id: UUID, proposal_id: UUID, *, expected_version: int
) -> None:
    """Who asked does not want it any more. Twice is once.

    Raises NoSuchMerge, MergeOver, StaleProposal.
    """
    merge, two = _to_end(uow, merge_id, proposal_id)
    if merge.outcome == TAKEN_BACK:
        return
    if merge.ended_at:
        raise MergeOver
    expect_version(merge, expected_version, StaleProposal)
    _end(uow, merge, TAKEN_BACK)
    record(uow, two[proposal_id], MergeTakenBack)


def waiting_merges(
    uow: UnitOfWork, proposal: CitizenProposal
) -> Sequence[tuple[ProposalMerge, CitizenProposal]]:
    """Open questions about it, each with the other proposal. One query."""
    other = aliased(CitizenProposal)
    away = or_(
        (ProposalMerge.proposal_id == proposal.id) & (other.id == ProposalMerge.into_id),
        (ProposalMerge.into_id == proposal.id) & (other.id == ProposalMerge.proposal_id),
    )
    seen = ProposalMerge.ended_at.is_(None), other.hidden_at.is_(None)
    wanted = select(ProposalMerge, other).join(other, away).where(*seen)
    unshown = [defer(column) for column in (other.applicant, other.email, other.phone)]
    rows = uow.session.execute(wanted.order_by(ProposalMerge.asked_at).options(*unshown))
    return [(merge, one) for merge, one in rows]


def merge_of(uow: UnitOfWork, merge_id: UUID, proposal_id: UUID) -> ProposalMerge:
    """A question about that proposal. Raises NoSuchMerge."""
    found = uow.session.get(ProposalMerge, merge_id)
    if found is None or proposal_id not in (found.proposal_id, found.into_id):
        raise NoSuchMerge
    return found


def sides_of(uow: UnitOfWork, merge: ProposalMerge) -> dict[str, CitizenProposal]:
    """What goes and what stays, under these names."""
    sides = {"goes": merge.proposal_id, "stays": merge.into_id}
    return {name: proposal_of(uow, key) for name, key in sides.items()}


def sides_for(
    uow: UnitOfWork, merge: ProposalMerge, proposal_id: UUID
) -> dict[str, CitizenProposal]:
    """The same for the author of that proposal. Raises NoSuchMerge where the other is hidden."""
    sides = sides_of(uow, merge)
    if any(one.hidden_at and one.id != proposal_id for one in sides.values()):
        raise NoSuchMerge
    return sides


def merged_with(uow: UnitOfWork, proposal: CitizenProposal) -> Sequence[CitizenProposal]:
    """What was merged into it and the public may read. One query."""
    wanted = select(CitizenProposal).where(
        CitizenProposal.merged_into == proposal.id, CitizenProposal.hidden_at.is_(None)
    )
    return uow.session.scalars(wanted.order_by(CitizenProposal.id).options(*UNSHOWN)).all()


def has_agreed(merge: ProposalMerge, proposal_id: UUID) -> bool:
    """Whether the author of that proposal said yes."""
    return proposal_id in _agreed(merge)


def _locked(uow: UnitOfWork, *ids: UUID) -> Two:
    """The lower id first: two who merge never wait for each other."""
    return {key: proposal_of(uow, key, to_change=True) for key in sorted(ids)}


def _to_end(uow: UnitOfWork, merge_id: UUID, proposal_id: UUID) -> tuple[ProposalMerge, Two]:
    merge = merge_of(uow, merge_id, proposal_id)
    two = _locked(uow, merge.proposal_id, merge.into_id)
    uow.session.refresh(merge)  # what was read before the wait is read anew after it
    return merge, two


def _expect_open(two: Two) -> None:
    for one in two.values():
        if one.state not in OPEN or one.hidden_at:
            raise MergeClosed(number=one.number, state=STATES[one.state])


def _expect_unasked(
    uow: UnitOfWork, proposal_id: UUID, into_id: UUID, asked_from: UUID | None
) -> None:
    pair = (proposal_id, into_id)
    about = ProposalMerge.proposal_id.in_(pair) & ProposalMerge.into_id.in_(pair)
    declined = about & (ProposalMerge.outcome == DECLINED)
    if uow.session.scalar(select(ProposalMerge.id).where(declined).limit(1)):
        raise MergeRefused
    own = ProposalMerge.asked_from == asked_from  # an author asks one at a time
    waits = (or_(about, own) if asked_from else about) & ProposalMerge.ended_at.is_(None)
    if uow.session.scalar(select(ProposalMerge.id).where(waits).limit(1)):
        raise MergeWaits


def _agree(uow: UnitOfWork, merge: ProposalMerge, proposal: CitizenProposal) -> None:
    if proposal.id == merge.proposal_id:
        merge.agreed_at = uow.now
    else:
        merge.into_agreed_at = uow.now
    record(uow, proposal, MergeAgreed)


def _agreed(merge: ProposalMerge) -> list[UUID]:
    said = ((merge.proposal_id, merge.agreed_at), (merge.into_id, merge.into_agreed_at))
    return [key for key, at in said if at]


def _end(uow: UnitOfWork, merge: ProposalMerge, outcome: str) -> None:
    merge.ended_at, merge.outcome = uow.now, outcome


def _merge_where_agreed(uow: UnitOfWork, merge: ProposalMerge, two: Two) -> None:
    if len(_agreed(merge)) < 2:
        return
    _end(uow, merge, MERGED)
    goes, stays = two[merge.proposal_id], two[merge.into_id]
    _bring_term(uow, goes, stays)
    move(uow, goes, MERGE, words=stays.number)
    goes.ended_at, goes.merged_into = uow.now, stays.id
    uow.session.flush()
    before = CitizenProposal.merged_into == goes.id
    uow.session.execute(update(CitizenProposal).where(before).values(merged_into=stays.id))
    _let_lapse(uow, ProposalMerge.proposal_id == goes.id, ProposalMerge.into_id == goes.id)
    note(uow, stays, "absorbed", words=goes.number, by_staff=False)
    record(uow, stays, ProposalAbsorbed, other=goes.number)
    climb(uow, stays, merge_support(uow, PART, goes.id, stays.id).total)


def _bring_term(uow: UnitOfWork, goes: CitizenProposal, stays: CitizenProposal) -> None:
    """No author waits longer for a decision because of the merge (АПК чл. 118)."""
    if goes.state not in UNDER_WAY or goes.due_on is None:
        return
    if stays.state == COLLECTING:
        hand_in_now(uow, stays)
    if stays.due_on is None or goes.due_on < stays.due_on:
        stays.due_on, stays.handed_in_at = goes.due_on, goes.handed_in_at
        stays.extension = goes.extension


def _let_lapse(uow: UnitOfWork, *about: ColumnElement[bool]) -> None:
    waits = update(ProposalMerge).where(or_(*about), ProposalMerge.ended_at.is_(None))
    uow.session.execute(waits.values(ended_at=uow.now, outcome=LAPSED))
