"""A bus line as its followers know it, and what a person reads of the lines they follow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import load_only

from obshto.modules.transit.models import BusLine
from obshto.platform.followers.services import Followed
from obshto.platform.modularity.manifest import LookedAt
from obshto.platform.unit_of_work import UnitOfWork

PART = "transit"


def followed(line: BusLine) -> Followed:
    """Whose it is, what it is called, where it is read."""
    return Followed(part=PART, object_id=line.id, title=line.title, path=line.path)


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The lines among these ids, by their name. One query."""
    named = select(BusLine).options(load_only(BusLine.number, BusLine.name))
    return {
        line.id: LookedAt(line.title)
        for line in uow.session.scalars(named.where(BusLine.id.in_(ids)))
    }
