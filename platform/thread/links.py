"""Links of the thread as staff make them: one thing followed from another, or not after all."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from obshto.platform.entity import expect_version
from obshto.platform.modularity.registry import current_registry
from obshto.platform.thread.connected_components import Key, regroup
from obshto.platform.thread.errors import LinkDeclared, LinkedToItself, NoSuchThing, StaleLink
from obshto.platform.thread.events import ThingsLinked, ThingsUnlinked
from obshto.platform.thread.models import ThreadLink, ThreadStation, ThreadThing
from obshto.platform.thread.writer import take_in, write_part
from obshto.platform.unit_of_work import UnitOfWork


def expect_thing(uow: UnitOfWork, part: str, object_id: UUID) -> ThreadThing:
    """A thing that everybody may see; what is published and new here is taken in first.

    Raises NoSuchThing.
    """
    known = current_registry().parts.get(part)
    if known is None:
        raise NoSuchThing
    found = uow.session.get(ThreadThing, (part, object_id))
    if found is None:
        if known.stations:
            write_part(uow, part, [object_id])
        else:
            take_in(uow, part, object_id)
        found = uow.session.get(ThreadThing, (part, object_id))
    if found is None or not found.is_shown:
        raise NoSuchThing
    return found


def link_things(uow: UnitOfWork, first: Key, then: Key, *, request_id: UUID) -> ThreadLink:
    """`then` followed from `first`. The same form again, or the same link, finds the one there is.

    Raises NoSuchThing, LinkedToItself.
    """
    if first == then:
        raise LinkedToItself
    for part, object_id in (first, then):
        expect_thing(uow, part, object_id)
    return _put(uow, first, then, request_id)


def link_ahead(uow: UnitOfWork, first: Key, then: Key, *, request_id: UUID) -> ThreadLink:
    """The same of a thing that nobody sees yet: both stand in one thread once it is published.

    Raises NoSuchThing where the first is not public.
    """
    expect_thing(uow, *first)
    return _put(uow, first, then, request_id)


def led_to(uow: UnitOfWork, first: Key) -> list[Key]:
    """What staff linked as following from it, published or not, in the order of linking."""
    rows = select(ThreadLink.part, ThreadLink.object_id).where(
        ThreadLink.from_part == first[0],
        ThreadLink.from_id == first[1],
        ThreadLink.is_declared.is_(False),
    )
    return [(part, it) for part, it in uow.session.execute(rows.order_by(ThreadLink.at))]


def reached_beyond(part: str, thing_id: Any, *, through: str) -> Select[date | None]:
    """The first day on which something was reached that followed, within the part `through`, from
    what this thing led to there: a decision after a point of an agenda.

    `thing_id` is an id, or the column of a list.
    """
    first, then = aliased(ThreadLink), aliased(ThreadLink)
    led = and_(then.from_part == first.part, then.from_id == first.object_id)
    there = and_(ThreadStation.part == then.part, ThreadStation.object_id == then.object_id)
    return (
        select(func.min(ThreadStation.reached_on))
        .select_from(first)
        .join(then, led)
        .join(ThreadStation, there)
        .where(first.from_part == part, first.from_id == thing_id)
        .where(first.part == through, then.part == through)
    )


def _put(uow: UnitOfWork, first: Key, then: Key, request_id: UUID) -> ThreadLink:
    same = and_(
        ThreadLink.from_part == first[0],
        ThreadLink.from_id == first[1],
        ThreadLink.part == then[0],
        ThreadLink.object_id == then[1],
    )
    known = select(ThreadLink).where(or_(ThreadLink.request_id == request_id, same))
    if found := uow.session.scalars(known).first():
        return found
    link = ThreadLink(
        request_id=request_id,
        from_part=first[0],
        from_id=first[1],
        part=then[0],
        object_id=then[1],
        is_declared=False,
        at=uow.now,
    )
    try:
        with uow.session.begin_nested():
            uow.session.add(link)
    except IntegrityError:  # a second click in the same instant
        return uow.session.scalars(known).one()
    regroup(uow, [first, then])
    uow.emit(ThingsLinked(subject_id=then[1], part=then[0]))
    return link


def unlink(uow: UnitOfWork, link_id: UUID, *, expected_version: int) -> None:
    """Take a link of staff away; again changes nothing. Raises LinkDeclared, StaleLink."""
    link = uow.session.get(ThreadLink, link_id, with_for_update=True)
    if link is None:
        return
    if link.is_declared:
        raise LinkDeclared
    expect_version(link, expected_version, StaleLink)
    ends = [(link.from_part, link.from_id), (link.part, link.object_id)]
    uow.session.delete(link)
    uow.session.flush()
    regroup(uow, ends)
    uow.emit(ThingsUnlinked(subject_id=ends[1][1], part=ends[1][0]))
