"""Threads are the connected components of links: joined and parted by writing `thread_id`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, tuple_

from obshto.platform.thread.models import ThreadLink, ThreadThing
from obshto.platform.unit_of_work import UnitOfWork

Key = tuple[str, UUID]
BATCH = 500  # keys a statement


def regroup(uow: UnitOfWork, keys: Collection[Key]) -> None:
    """Each thing around these stands in the thread of the first thing that links lead to.

    A thread is closed under links but for those just written or taken away, so its things and
    their neighbours are all there is to look at. Rows are locked in the order of their keys.
    """
    ordered = sorted(keys)
    for start in range(0, len(ordered), BATCH):
        _regroup(uow, ordered[start : start + BATCH])


def _regroup(uow: UnitOfWork, keys: Sequence[Key]) -> None:
    links = _links_at(uow, keys)
    ends = {end for link in links for end in link}
    linked = [key for key in keys if key in ends]
    own = select(ThreadThing.thread_id).where(_among(keys), _is_joined())
    threads = set(uow.session.scalars(own))
    if not linked and not threads:
        return  # things that stand alone, as nearly all do
    near = select(ThreadThing.thread_id).where(_among(sorted(ends | set(keys))))
    threads |= set(uow.session.scalars(near))
    rows = select(ThreadThing).where(ThreadThing.thread_id.in_(threads))
    things = uow.session.scalars(
        rows.order_by(ThreadThing.part, ThreadThing.object_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    roots = _roots(things, _links_at(uow, [(it.part, it.object_id) for it in things]))
    for thing in things:
        root = roots[thing.part, thing.object_id]
        if thing.thread_id != root:
            thing.thread_id = root
    uow.session.flush()


def _is_joined() -> ColumnElement[bool]:
    return ThreadThing.thread_id != ThreadThing.object_id


def _links_at(uow: UnitOfWork, keys: Collection[Key]) -> list[tuple[Key, Key]]:
    if not keys:
        return []
    starts = tuple_(ThreadLink.from_part, ThreadLink.from_id).in_(keys)
    ends = tuple_(ThreadLink.part, ThreadLink.object_id).in_(keys)
    rows = select(ThreadLink.from_part, ThreadLink.from_id, ThreadLink.part, ThreadLink.object_id)
    return [
        ((from_part, from_id), (part, object_id))
        for from_part, from_id, part, object_id in uow.session.execute(
            rows.where(or_(starts, ends))
        )
    ]


def _among(keys: Collection[Key]) -> ColumnElement[bool]:
    return tuple_(ThreadThing.part, ThreadThing.object_id).in_(keys)


def _roots(things: Sequence[ThreadThing], links: Sequence[tuple[Key, Key]]) -> Mapping[Key, UUID]:
    """The id of the first thing that links lead to, by the key of each."""
    known = {(thing.part, thing.object_id): thing for thing in things}
    beside: dict[Key, set[Key]] = defaultdict(set)
    for start, end in links:
        if start in known and end in known:
            beside[start].add(end)
            beside[end].add(start)
    roots: dict[Key, UUID] = {}
    for first in sorted(things, key=lambda it: (it.since, it.object_id)):
        waiting = [(first.part, first.object_id)]
        while waiting:
            key = waiting.pop()
            if key not in roots:
                roots[key] = first.object_id
                waiting += beside[key]
    return roots
