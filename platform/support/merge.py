"""Merge of support: who supports either of two things supports the one that stays, counted once.

Rows move and keep their pseudonyms; whoever comes later is looked for under both things. Two
supports of one person are told by an account, an address that was confirmed, or the matching key.
What staff entered before that key was kept has none of them: nothing shows whose else it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, cast, func, select, update

from obshto.platform.cases.channels import PORTAL
from obshto.platform.support.models import Support, SupportCount
from obshto.platform.support.services import (
    UNSEEN,
    SupportTotals,
    matching_key,
    move_count,
)
from obshto.platform.unit_of_work import UnitOfWork


def merge_support(uow: UnitOfWork, part: str, object_id: UUID, into: UUID) -> SupportTotals:
    """How many support what stays. Seven statements, however many there are; twice is once.

    Both counts are locked, the lower id first.
    """
    counts = {key: move_count(uow, part, key) for key in sorted((object_id, into))}
    gone, former = counts[object_id]
    if object_id in counts[into][1]:
        return counts[into][0]
    same = _same_people(uow, part, object_id, into)
    moved = SupportTotals(
        gone.online - sum(one.was == PORTAL for one in same.values()),
        gone.entered - sum(one.was != PORTAL for one in same.values()),
    )
    own = Support.part == part, Support.object_id == object_id
    if same:
        pairs = func.unnest(
            cast(list(same), ARRAY(Uuid)),
            cast([one.support_id for one in same.values()], ARRAY(Uuid)),
            cast([one.channel for one in same.values()], ARRAY(Text)),
        ).table_valued("old", "new", "channel")
        pairs = pairs.render_derived()
        known = update(Support).where(*own, Support.support_id == pairs.c.old)
        told = {"support_id": pairs.c.new, "channel": pairs.c.channel}
        uow.session.execute(known.values(told), execution_options=UNSEEN)
    rows = update(Support).where(*own).values(object_id=into)
    uow.session.execute(rows, execution_options=UNSEEN)
    move_count(uow, part, object_id, SupportTotals(-gone.online, -gone.entered))
    stays = update(SupportCount).where(SupportCount.part == part, SupportCount.object_id == into)
    ids_now = [*counts[into][1], object_id, *former]
    uow.session.execute(stays.values(former_ids=ids_now), execution_options=UNSEEN)
    return move_count(uow, part, into, moved)[0]


@dataclass(frozen=True, slots=True)
class _Same:
    """The support that stays for a person, how it came, and how the one that goes came."""

    support_id: UUID
    channel: str
    was: str


def _same_people(uow: UnitOfWork, part: str, object_id: UUID, into: UUID) -> Mapping[UUID, _Same]:
    """By the supports of what goes: what stays for the same person."""
    told = (
        *(Support.object_id, Support.support_id, Support.channel),
        *(Support.matching_key, Support.person_id, Support.email),
    )
    wanted = select(*told).where(
        Support.part == part,
        Support.object_id.in_((object_id, into)),
        Support.withdrawn_at.is_(None),
    )
    rows = uow.session.execute(wanted.order_by(Support.support_id)).all()
    there: dict[str, Any] = {}
    for row in rows:
        if row.object_id == into:
            there |= {key: row for key in _keys(part, row) if key not in there}
    same: dict[UUID, _Same] = {}
    for row in rows:
        stays = next((there[key] for key in _keys(part, row) if key in there), None)
        if row.object_id == object_id and stays:
            one = _Same(stays.support_id, stays.channel, row.channel)
            same.setdefault(row.support_id, one)
    return same


def _keys(part: str, row: Any) -> Iterator[str]:
    if row.matching_key:
        yield row.matching_key
    elif row.person_id:
        yield matching_key(part, "person", str(row.person_id))
    elif row.email:
        yield matching_key(part, "email", row.email.strip().casefold())
