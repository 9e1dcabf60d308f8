"""Groups of staff under a name: who is in each, for a module that gives cases to them.

The tables are the module's, as its errors and its log are. When not to use it: for what somebody
may do at all, which is a role.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select, delete, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from obshto.platform.db.base import new_id
from obshto.platform.db.version import Versioned
from obshto.platform.unit_of_work import UnitOfWork


class StaffGroupRow(Versioned):
    """A group; the table makes `request_id` unique. `changed_at` moves with its members alone."""

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    request_id: Mapped[UUID]
    name: Mapped[str]
    changed_at: Mapped[datetime | None]


class GroupMemberRow:
    """Somebody of the staff in a group; the table has the group's key beside it."""

    person_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)


G = TypeVar("G", bound=StaffGroupRow)


@dataclass(frozen=True, slots=True)
class StaffGroups(Generic[G]):
    """The two tables of a module, with the column of the second that names the group."""

    group: type[G]
    member: type[Any]
    key: InstrumentedAttribute[UUID]

    def names(self, uow: UnitOfWork) -> Mapping[UUID, str]:
        """By id, in order. One query."""
        rows = select(self.group.id, self.group.name).order_by(func.lower(self.group.name))
        return {row.id: row.name for row in uow.session.execute(rows)}

    def found(self, uow: UnitOfWork, group_id: UUID, *, to_change: bool = False) -> G | None:
        """One of them."""
        wanted = select(self.group).where(self.group.id == group_id)
        return uow.session.scalar(wanted.with_for_update() if to_change else wanted)

    def sent_before(self, uow: UnitOfWork, request_id: UUID) -> G | None:
        """What the same form made when it was sent first."""
        return uow.session.scalar(select(self.group).where(self.group.request_id == request_id))

    def members(self, uow: UnitOfWork) -> Mapping[UUID, Collection[UUID]]:
        """Who is in each. One query."""
        found: dict[UUID, set[UUID]] = {}
        for group_id, person_id in uow.session.execute(select(self.key, self.member.person_id)):
            found.setdefault(group_id, set()).add(person_id)
        return found

    def of_person(self, person_id: UUID | None) -> Select[UUID]:
        """Ids of those that somebody is in, for a query of more."""
        return select(self.key).where(self.member.person_id == person_id)

    def is_taken(self, uow: UnitOfWork, name: str, own: UUID | None) -> bool:
        """Whether another one is called so."""
        same = func.lower(self.group.name) == name.lower()
        another = self.group.id.is_distinct_from(own)
        return bool(uow.session.scalar(select(exists().where(same, another))))

    def put_members(self, uow: UnitOfWork, group: G, members: Collection[UUID]) -> None:
        """These and no others."""
        self.clear_members(uow, group)
        named = self.key.key
        rows = (self.member(**{named: group.id, "person_id": one}) for one in sorted(members))
        uow.session.add_all(rows)

    def clear_members(self, uow: UnitOfWork, group: G) -> None:
        """Nobody is in it."""
        uow.session.execute(delete(self.member).where(self.key == group.id))
