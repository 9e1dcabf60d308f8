"""Stations are written when a thing changes: by a before-commit hook, and all of them by night."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.modularity.registry import components_here, current_registry
from obshto.platform.search.feed_entries import entry_here
from obshto.platform.search.services import changed_things
from obshto.platform.thread.connected_components import Key, regroup
from obshto.platform.thread.declarations import ThreadEntry
from obshto.platform.thread.events import ThreadsRenewed
from obshto.platform.thread.models import ThreadLink, ThreadStation, ThreadThing
from obshto.platform.unit_of_work import UnitOfWork

BATCH = 100  # things a statement
Row = dict[str, Any]


def write_stations(uow: UnitOfWork) -> None:
    """Before-commit hook: what the facts of this work speak of is read and written anew."""
    if uow.within is None:
        return
    for part, ids in _changed(uow):
        write_part(uow, part, ids)
    for part, object_id in changed_things(uow):
        if object_id and current_registry().parts[part].stations is None:
            _refresh(uow, part, object_id)


def write_part(uow: UnitOfWork, part: str, ids: Collection[UUID] | None) -> None:
    """Things of a component, or those among `ids`, as their source has them; the rest is hidden."""
    source = current_registry().parts[part].stations
    assert source
    entries = sorted(source.of(uow, ids), key=lambda entry: entry.object_id)  # as rows are locked
    parted: list[Key] = []
    for start in range(0, len(entries), BATCH):
        parted += _write(uow, part, entries[start : start + BATCH])
    shown = [entry.object_id for entry in entries]
    gone = ThreadThing.part == part, ThreadThing.object_id.not_in(shown)
    wanted = select(ThreadThing.object_id).where(*gone, ThreadThing.is_shown)
    if ids is not None:
        wanted = wanted.where(ThreadThing.object_id.in_(ids))
    hide(uow, part, uow.session.scalars(wanted).all())
    regroup(uow, [*parted, *((part, object_id) for object_id in shown)])


def hide(uow: UnitOfWork, part: str, ids: Collection[UUID]) -> None:
    """Nothing of them is read any more; where they stood in a thread is kept for their return."""
    if not ids:
        return
    own = ThreadThing.part == part, ThreadThing.object_id.in_(ids)
    uow.session.execute(update(ThreadThing).where(*own).values(is_shown=False, title="", path=""))
    stations = ThreadStation.part == part, ThreadStation.object_id.in_(ids)
    uow.session.execute(delete(ThreadStation).where(*stations))


def renew(uow: UnitOfWork) -> None:
    """Job of the night: what no fact told of, and what a release before this one did not write."""
    for part in components_here():
        if part.stations:
            write_part(uow, part.slug, None)
    known = [part.slug for part in current_registry().parts.values() if part.stations]
    others = select(ThreadThing.part, ThreadThing.object_id).where(ThreadThing.part.not_in(known))
    for slug, object_id in uow.session.execute(others).all():
        _refresh(uow, slug, object_id)
    _forget_hidden(uow)
    uow.emit(ThreadsRenewed())


def take_in(uow: UnitOfWork, part: str, object_id: UUID) -> bool:
    """A published thing without stations of its own becomes part of threads; False for none."""
    entry = entry_here(uow, part, object_id)
    if entry is None:
        return False
    row = {
        "part": part,
        "object_id": object_id,
        "title": entry.title,
        "path": entry.path,
        "place": "",
        "kind": "",
        "since": entry.published_at,
    }
    _put_things(uow, [row])
    return True


def _changed(uow: UnitOfWork) -> Iterator[tuple[str, Collection[UUID] | None]]:
    for part in current_registry().parts.values():
        source = part.stations
        facts = [it for it in uow.facts if source and type(it) in source.facts]
        if source is None or not facts:
            continue
        named = [source.things_of(uow, fact) for fact in facts]
        if any(ids is None for ids in named):
            yield part.slug, None
        else:
            yield part.slug, sorted({it for ids in named if ids for it in ids})


def _write(uow: UnitOfWork, part: str, entries: Sequence[ThreadEntry]) -> list[Key]:
    _put_things(uow, [_thing(part, entry) for entry in entries])
    _put_stations(uow, part, entries)
    return _put_links(uow, part, entries)


def _thing(part: str, entry: ThreadEntry) -> Row:
    return {
        "part": part,
        "object_id": entry.object_id,
        "title": entry.title,
        "path": entry.path,
        "place": entry.place,
        "kind": entry.kind,
        "since": entry.since,
    }


def _put_things(uow: UnitOfWork, rows: Sequence[Row]) -> None:
    """A new thing is a thread of its own until something links it."""
    full = [row | {"thread_id": row["object_id"], "is_shown": True} for row in rows]
    put = insert(ThreadThing).values(full)
    told = {
        name: put.excluded[name] for name in ("title", "path", "place", "kind", "since", "is_shown")
    }
    uow.session.execute(put.on_conflict_do_update(index_elements=["part", "object_id"], set_=told))


def _put_stations(uow: UnitOfWork, part: str, entries: Sequence[ThreadEntry]) -> None:
    rows = [row for entry in entries for row in _stations(part, entry)]
    ids = [entry.object_id for entry in entries]
    gone = delete(ThreadStation).where(ThreadStation.part == part, ThreadStation.object_id.in_(ids))
    if rows:
        kept = [(row["object_id"], row["word"]) for row in rows]
        gone = gone.where(tuple_(ThreadStation.object_id, ThreadStation.word).not_in(kept))
    uow.session.execute(gone)
    if rows:
        put = insert(ThreadStation).values(rows)
        keys = ("part", "object_id", "word")
        told = {name: put.excluded[name] for name in rows[0] if name not in keys}
        uow.session.execute(put.on_conflict_do_update(index_elements=keys, set_=told))


def _stations(part: str, entry: ThreadEntry) -> Iterator[Row]:
    for position, state in enumerate(entry.stations):
        own = {name: getattr(state, name) for name in type(state).__slots__}
        yield own | {"part": part, "object_id": entry.object_id, "position": position}


def _put_links(uow: UnitOfWork, part: str, entries: Sequence[ThreadEntry]) -> list[Key]:
    """Links that the things declare themselves, as they are now; the ends of those that went."""
    rows = [row for entry in entries for row in _links(uow, part, entry)]
    own = ThreadLink.part == part, ThreadLink.object_id.in_([it.object_id for it in entries])
    known = uow.session.execute(
        select(ThreadLink.id, ThreadLink.from_part, ThreadLink.from_id, ThreadLink.object_id).where(
            *own, ThreadLink.is_declared
        )
    ).all()
    kept = {(row["from_part"], row["from_id"], row["object_id"]) for row in rows}
    gone = [one for one in known if (one.from_part, one.from_id, one.object_id) not in kept]
    if gone:
        ids = [one.id for one in gone]
        uow.session.execute(delete(ThreadLink).where(ThreadLink.id.in_(ids)))
    if rows:
        uow.session.execute(insert(ThreadLink).values(rows).on_conflict_do_nothing())
    return [(one.from_part, one.from_id) for one in gone]


def _links(uow: UnitOfWork, part: str, entry: ThreadEntry) -> Iterator[Row]:
    for from_part, from_id in entry.after:
        name = f"{from_part}/{from_id}/{part}/{entry.object_id}"
        yield {
            "id": uuid5(NAMESPACE_URL, f"thread/{name}"),
            "request_id": uuid5(NAMESPACE_URL, f"thread/{name}"),
            "from_part": from_part,
            "from_id": from_id,
            "part": part,
            "object_id": entry.object_id,
            "is_declared": True,
            "at": uow.now,
        }


def _refresh(uow: UnitOfWork, part: str, object_id: UUID) -> None:
    """A linked thing without stations reads as the search has it; the search was written before."""
    thing = uow.session.get(ThreadThing, (part, object_id))
    if thing is None:
        return
    if not take_in(uow, part, object_id):
        hide(uow, part, [object_id])
    uow.session.expire(thing)


def _forget_hidden(uow: UnitOfWork) -> None:
    """What is shown no more and never stood beside anything leaves nothing."""
    ends = select(ThreadLink.object_id).union(select(ThreadLink.from_id))
    alone = ThreadThing.is_shown.is_(False), ThreadThing.object_id.not_in(ends)
    uow.session.execute(delete(ThreadThing).where(*alone))
