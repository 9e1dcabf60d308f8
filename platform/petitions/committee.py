"""Committee of a petition: its members; who has an account takes a place by its code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from obshto.platform.cases.codes import code_of, digits
from obshto.platform.clock import day_of, today
from obshto.platform.domain_events import DomainEvent
from obshto.platform.errors import DomainError, StaleRow
from obshto.platform.keys.encryption import blind_index
from obshto.platform.legal.sizes import BodySize, body_size
from obshto.platform.petitions.errors import CommitteeNotWhole, MemberKnown, WrongSeatCode
from obshto.platform.petitions.models import MemberRow
from obshto.platform.unit_of_work import UnitOfWork

Member = TypeVar("Member", bound=MemberRow)


class PetitionOwner(Protocol):
    """The row that a petition is for, as far as its paper knows it."""

    id: UUID
    version: int
    state: str

    @property
    def number(self) -> str:
        """Its number in the public register, empty before it has one."""


Owner = TypeVar("Owner", bound=PetitionOwner)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeKind(Generic[Owner, Member]):
    """The tables of a module's committees, and the rule of law on how many members they have.

    `expect_open` raises where members do not change any more.
    """

    owner: type[Owner]
    member: type[Member]
    rule: str
    fact: type[DomainEvent]
    stale: type[StaleRow]
    expect_open: Callable[[Owner], None]

    @property
    def size(self) -> BodySize:
        """How many members the law asks for today."""
        return body_size(self.rule, on=today())

    @property
    def code_label(self) -> str:
        """What a code of a seat is made for."""
        return f"{self.member.__tablename__}.code"  # type: ignore[attr-defined]

    def add_member(
        self,
        uow: UnitOfWork,
        owner: Owner,
        *,
        name: str,
        egn: str,
        address: str,
        is_chair: bool,
        is_me: bool,
        request_id: UUID,
    ) -> Member:
        """A member of the committee; the same request again finds the first.

        Raises what `expect_open` raises, MemberKnown.
        """
        if first := self._of_request(uow, request_id):
            return first
        self.expect_open(owner)
        index = blind_index(f"{self.member.__tablename__}.egn", egn)  # type: ignore[attr-defined]
        here = self.member.petition_id == owner.id
        if uow.session.scalar(select(self.member.id).where(here, self.member.egn_index == index)):
            raise MemberKnown
        if is_chair:
            for chair in uow.session.scalars(select(self.member).where(here, self.member.is_chair)):
                chair.is_chair = False
        new: Callable[..., Member] = self.member
        member = new(
            request_id=request_id,
            petition_id=owner.id,
            person_id=uow.principal.person_id if is_me else None,
            code_index=self._index(code_of(self.code_label, request_id)),
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
            if first := self._of_request(uow, request_id):
                return first
            raise
        self._tell(uow, owner)
        return member

    def remove_member(
        self, uow: UnitOfWork, owner: Owner, member_id: UUID, *, expected_version: int
    ) -> None:
        """Take a member out; again changes nothing.

        Raises the module's stale row, what `expect_open` raises.
        """
        if owner.version != expected_version:
            raise self.stale
        member = uow.session.get(self.member, member_id)
        if member is None or member.petition_id != owner.id:
            return
        self.expect_open(owner)
        uow.session.delete(member)
        uow.session.flush()
        self._tell(uow, owner)

    def join(self, uow: UnitOfWork, code: str) -> Owner:
        """Take the place that a code is for; whose place it is already finds it again.

        Raises WrongSeatCode for a code of nobody and for a place that somebody else took.
        """
        me = uow.principal.person_id
        member = uow.session.scalar(
            select(self.member)
            .where(self.member.code_index == self._index(digits(code)))
            .with_for_update()
        )
        if member is None or me is None or member.person_id not in (None, me):
            raise WrongSeatCode
        owner = uow.session.get_one(self.owner, member.petition_id)
        if member.person_id is None:
            member.person_id = me
            self._tell(uow, owner)
        return owner

    def members_of(
        self, uow: UnitOfWork, owner: Owner, *, is_named: bool = True
    ) -> Sequence[Member]:
        """The chair first; number and address are not read, unnamed nothing of who they are."""
        wanted = select(self.member).where(self.member.petition_id == owner.id)
        named = () if is_named else (self.member.name,)
        unread = (*named, self.member.egn, self.member.address)
        wanted = wanted.options(*(defer(column, raiseload=not is_named) for column in unread))
        return uow.session.scalars(
            wanted.order_by(self.member.is_chair.desc(), self.member.id)
        ).all()

    def number_of_members(self, uow: UnitOfWork, owner: Owner) -> int:
        """How many there are, without reading who."""
        wanted = select(func.count()).select_from(self.member)
        return uow.session.scalar(wanted.where(self.member.petition_id == owner.id)) or 0

    def expect_whole(self, uow: UnitOfWork, owner: Owner) -> None:
        """As many as the law asks for, one of them the chair. Raises CommitteeNotWhole."""
        members = self.members_of(uow, owner, is_named=False)
        asked = body_size(self.rule, on=day_of(uow.now))
        if not (asked.is_met(len(members)) and any(member.is_chair for member in members)):
            raise CommitteeNotWhole(least=asked.least, most=asked.most)

    def is_open(self, owner: Owner) -> bool:
        """Its members may still change."""
        try:
            self.expect_open(owner)
        except DomainError:
            return False
        return True

    def codes_of(self, members: Sequence[Member]) -> Mapping[UUID, str]:
        """The codes of seats by member; none of a seat whose term is over."""
        return {
            one.id: code_of(self.code_label, one.request_id) for one in members if one.code_index
        }

    def _tell(self, uow: UnitOfWork, owner: Owner) -> None:
        made: Callable[..., DomainEvent] = self.fact
        uow.emit(made(subject_id=owner.id, number=owner.number))

    def _of_request(self, uow: UnitOfWork, request_id: UUID) -> Member | None:
        return uow.session.scalar(select(self.member).where(self.member.request_id == request_id))

    def _index(self, code: str) -> bytes:
        return blind_index(self.code_label, code)
