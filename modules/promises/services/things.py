"""Public things that staff link: found by their title, with the line that they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, select

from obshto.platform.modularity.registry import components_here
from obshto.platform.search.models import SearchEntry
from obshto.platform.search.services import standing
from obshto.platform.thread.errors import NoSuchThing
from obshto.platform.thread.lines import ThreadLine, is_here, kind_of, line_of, links_in
from obshto.platform.thread.models import ThreadLink, ThreadThing
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

OFFERED = 10  # things of each sort that a search offers


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkCandidate:
    """Something that could have followed. Each has a form of its own."""

    part: str
    object_id: UUID
    kind: str
    title: str
    path: str
    request_id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """What followed from what, by their titles."""

    link: ThreadLink
    first: ThreadThing
    then: ThreadThing


def found_things(uow: UnitOfWork, typed: str) -> Select[ThreadThing]:
    """Things that pass stations, with these words in the title, the newest first."""
    rows = select(ThreadThing).where(is_here())
    for word in typed.split():
        rows = rows.where(ThreadThing.title.icontains(word, autoescape=True))
    return rows.order_by(ThreadThing.since.desc(), ThreadThing.object_id.desc())


def thing_here(uow: UnitOfWork, part: str, object_id: UUID) -> ThreadThing:
    """A published thing of this municipality. Raises NoSuchThing."""
    own = select(ThreadThing).filter_by(part=part, object_id=object_id)
    found = uow.session.scalar(own.where(is_here()))
    if found is None:
        raise NoSuchThing
    return found


def thing_words(uow: UnitOfWork, part: str, object_id: UUID, typed: str) -> dict[str, Any]:
    """One thing: its line, its links, what could have followed. Five queries.

    Raises NoSuchThing.
    """
    thing, line = thing_here(uow, part, object_id), line_of(uow, part, object_id)
    if line is None:
        raise NoSuchThing
    known = {(view.thing.part, view.thing.object_id) for view in line.things}
    offered = [one for one in _candidates(uow, typed) if (one.part, one.object_id) not in known]
    return {
        "thing": thing,
        "kind": kind_of(part, thing.kind),
        "line": line,
        "links": _links(uow, line),
        "candidates": offered if typed else [],
    }


def _links(uow: UnitOfWork, line: ThreadLine) -> Sequence[LinkView]:
    things = {(view.thing.part, view.thing.object_id): view.thing for view in line.things}
    pairs = [
        (link, things.get((link.from_part, link.from_id)), things.get((link.part, link.object_id)))
        for link in links_in(uow, line)
    ]
    return [LinkView(link=link, first=a, then=b) for link, a, b in pairs if a and b]


def _candidates(uow: UnitOfWork, typed: str) -> Iterator[LinkCandidate]:
    for row in uow.session.scalars(found_things(uow, typed).limit(OFFERED)):
        yield _candidate(row)
    plain = [part.slug for part in components_here() if part.search and not part.stations]
    rows = standing(SearchEntry, SOURCE, uow.now).where(SearchEntry.part.in_(plain))
    for word in typed.split():
        rows = rows.where(SearchEntry.title.icontains(word, autoescape=True))
    newest = rows.order_by(SearchEntry.published_at.desc(), SearchEntry.object_id.desc())
    for entry in uow.session.scalars(newest.limit(OFFERED)):
        yield _candidate(entry)


def _candidate(row: ThreadThing | SearchEntry) -> LinkCandidate:
    return LinkCandidate(
        part=row.part,
        object_id=row.object_id,
        kind=kind_of(row.part, row.kind if isinstance(row, ThreadThing) else ""),
        title=row.title,
        path=row.path,
    )
