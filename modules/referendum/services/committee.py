"""Committee of citizens: three to seven members; who has an account takes a place by its code."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from obshto.modules.referendum.errors import (
    MemberKnown,
    ReferendumNotFromHere,
    StaleReferendum,
    WrongCode,
)
from obshto.modules.referendum.events import CommitteeChanged
from obshto.modules.referendum.models import Member, Referendum
from obshto.modules.referendum.services.states import DRAFT, STATES, WITH_PETITION
from obshto.platform.cases.codes import code_of, digits
from obshto.platform.keys.encryption import blind_index
from obshto.platform.unit_of_work import UnitOfWork

LEAST, MOST = 3, 7  # ЗПУГДВМС чл. 28, ал. 1
CODE = "referendum_member.code"
_PERSONAL = (Member.name, Member.egn, Member.address)


def add_member(
    uow: UnitOfWork,
    proposal: Referendum,
    *,
    name: str,
    egn: str,
    address: str,
    is_chair: bool,
    is_me: bool,
    request_id: UUID,
) -> Member:
    """A member of the committee; the same request again finds the first.

    Raises ReferendumNotFromHere, MemberKnown.
    """
    if first := uow.session.scalar(select(Member).where(Member.request_id == request_id)):
        return first
    _expect_draft(proposal)
    index = blind_index("referendum_member.egn", egn)
    here = Member.proposal_id == proposal.id
    same = select(Member.id).where(here, Member.egn_index == index)
    if uow.session.scalar(same):
        raise MemberKnown
    if is_chair:
        for chair in uow.session.scalars(select(Member).where(here, Member.is_chair)):
            chair.is_chair = False
    member = Member(
        request_id=request_id,
        proposal_id=proposal.id,
        person_id=uow.principal.person_id if is_me else None,
        code_index=_index(code_of(CODE, request_id)),
        is_chair=is_chair,
        name=name,
        egn=egn,
        address=address,
        egn_index=index,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(member)
    except IntegrityError:  # a second click in the same instant
        if first := uow.session.scalar(select(Member).where(Member.request_id == request_id)):
            return first
        raise
    uow.emit(CommitteeChanged(subject_id=proposal.id, number=proposal.number))
    return member


def remove_member(
    uow: UnitOfWork, proposal: Referendum, member_id: UUID, *, expected_version: int
) -> None:
    """Take a member out while it is a draft; again changes nothing.

    Raises StaleReferendum, ReferendumNotFromHere.
    """
    if proposal.version != expected_version:
        raise StaleReferendum
    member = uow.session.get(Member, member_id)
    if member is None or member.proposal_id != proposal.id:
        return
    _expect_draft(proposal)
    uow.session.delete(member)
    uow.session.flush()
    uow.emit(CommitteeChanged(subject_id=proposal.id, number=proposal.number))


def join_committee(uow: UnitOfWork, code: str) -> Referendum:
    """Take the place that a code is for; whose place it is already finds it again.

    Raises WrongCode for a code of nobody and for a place that somebody else took.
    """
    me = uow.principal.person_id
    member = uow.session.scalar(
        select(Member).where(Member.code_index == _index(digits(code))).with_for_update()
    )
    if member is None or me is None or member.person_id not in (None, me):
        raise WrongCode
    if member.person_id is None:
        member.person_id = me
        proposal = uow.session.get_one(Referendum, member.proposal_id)
        uow.emit(CommitteeChanged(subject_id=proposal.id, number=proposal.number))
    return uow.session.get_one(Referendum, member.proposal_id)


def members_of(uow: UnitOfWork, proposal: Referendum, *, is_named: bool = True) -> Sequence[Member]:
    """The chair first; unnamed, nothing is read of who they are."""
    wanted = select(Member).where(Member.proposal_id == proposal.id)
    if not is_named:
        wanted = wanted.options(*(defer(column, raiseload=True) for column in _PERSONAL))
    return uow.session.scalars(wanted.order_by(Member.is_chair.desc(), Member.id)).all()


def number_of_members(uow: UnitOfWork, proposal: Referendum) -> int:
    """How many there are, without reading who."""
    wanted = select(func.count()).select_from(Member)
    return uow.session.scalar(wanted.where(Member.proposal_id == proposal.id)) or 0


def code_for(member: Member) -> str:
    """The code by which a member takes the place."""
    return code_of(CODE, member.request_id)


def is_whole(members: Sequence[Member]) -> bool:
    """From three to seven with a chair (чл. 28, ал. 1)."""
    return LEAST <= len(members) <= MOST and any(member.is_chair for member in members)


def _expect_draft(proposal: Referendum) -> None:
    if proposal.state != DRAFT or proposal.proposer not in WITH_PETITION:
        raise ReferendumNotFromHere(state=STATES[proposal.state])


def _index(code: str) -> bytes:
    return blind_index(CODE, code)
