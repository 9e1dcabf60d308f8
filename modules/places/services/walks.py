"""Walks: sights in the order in which one goes round them, written and put in order by editors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from uuid import UUID

from sqlalchemy import Select, delete, select

from obshto.modules.places.errors import NoSuchWalk, TooFewStops, WalkChanged
from obshto.modules.places.events import (
    PlaceFact,
    WalkDeleted,
    WalkEdited,
    WalkHidden,
    WalkPublished,
    WalkRestored,
    WalkTranslated,
    WalkWritten,
)
from obshto.modules.places.models import Place, Walk
from obshto.modules.places.services.kinds import Kind
from obshto.modules.places.services.queries import published as published_places
from obshto.platform.entity import create_once, expect_version
from obshto.platform.soft_delete import RESTORABLE_FOR, row_of, turn
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.village_map import Drawing, Point, drawing_of, kilometres
from obshto.platform.web.language import OTHERS

SIGHTS = (Kind.LANDMARK, Kind.CULTURE, Kind.OUTDOORS)
LEAST, MOST_SIGHTS = 2, 200  # stops of a walk; places that an editor chooses from


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkText:
    """What an editor writes of a walk; `stops` are places in order."""

    name: str
    about: str = ""
    stops: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class WalkStop:
    """A stop with its number; `onward` are kilometres to the next one as the crow flies."""

    place: Place
    number: int
    onward: float | None = None


def published() -> Select[Walk]:
    """What citizens see, by name."""
    shown = select(Walk).where(Walk.published_at.is_not(None), Walk.deleted_at.is_(None))
    return shown.order_by(Walk.sort_key, Walk.id)


def lists() -> dict[str, Select[Walk]]:
    """The lists of the console, by the word in the address."""
    drafts = select(Walk).where(Walk.published_at.is_(None), Walk.deleted_at.is_(None))
    deleted = select(Walk).where(Walk.deleted_at.is_not(None))
    return {
        "published": published(),
        "drafts": drafts.order_by(Walk.sort_key, Walk.id),
        "deleted": deleted.order_by(Walk.deleted_at.desc()),
    }


def walk_of(
    uow: UnitOfWork, walk_id: UUID, *, to_change: bool = False, or_deleted: bool = False
) -> Walk:
    """For staff; `to_change` makes others wait. Raises NoSuchWalk."""
    wanted = {"to_change": to_change, "or_deleted": or_deleted}
    return row_of(uow, select(Walk), walk_id, missing=NoSuchWalk, **wanted)


def published_walk(uow: UnitOfWork, walk_id: UUID) -> Walk:
    """For everybody. Raises NoSuchWalk for a draft as for what never was."""
    walk = uow.session.scalar(published().where(Walk.id == walk_id))
    if walk is None:
        raise NoSuchWalk
    return walk


def sights(uow: UnitOfWork) -> Sequence[Place]:
    """Published places that a walk may pass, by name. One query."""
    rows = published_places().where(Place.kind.in_(SIGHTS)).limit(MOST_SIGHTS)
    return uow.session.scalars(rows).all()


def stops_of(uow: UnitOfWork, walk: Walk) -> list[WalkStop]:
    """Its stops in order, without places that are hidden or deleted by now. One query."""
    rows = uow.session.scalars(published_places().where(Place.id.in_(walk.stops)))
    known = {place.id: place for place in rows}
    places = [known[stop] for stop in walk.stops if stop in known]
    following = zip_longest(places, places[1:])
    return [
        WalkStop(place, number, _apart(place, after))
        for number, (place, after) in enumerate(following, 1)
    ]


def length_of(stops: Sequence[WalkStop]) -> float | None:
    """Kilometres of the whole walk as the crow flies; None where a stop has no point."""
    legs = [stop.onward for stop in stops[:-1]]
    return sum(leg for leg in legs if leg is not None) if legs and None not in legs else None


def drawing_of_walk(stops: Sequence[WalkStop]) -> Drawing | None:
    """The stops alone, by the numbers of the walk: its map ends where the walk ends."""
    drawing = drawing_of([stop.place for stop in stops], ())
    if drawing is None:
        return None
    numbers: dict[int, int] = {}
    for stop in stops:
        if stop.place.id in drawing.numbers:
            numbers.setdefault(drawing.numbers[stop.place.id], stop.number)
    marks = [replace(mark, number=numbers[mark.number]) for mark in drawing.marks]
    return replace(drawing, marks=marks)


# Each act says how the walk shall be, and which version its author saw. Where it is so already,
# nothing is done: that was the same form, sent twice.


def write_walk(uow: UnitOfWork, text: WalkText, *, request_id: UUID) -> Walk:
    """A new draft. The same `request_id` again answers the first one."""
    walk = Walk(request_id=request_id, written_at=uow.now, translations={})
    _put(uow, walk, text)
    if (first := create_once(uow, walk)) is not walk:
        return first
    _tell(uow, WalkWritten, walk)
    return walk


def edit_walk(uow: UnitOfWork, walk: Walk, text: WalkText, *, expected_version: int) -> None:
    """Save words and order. Raises WalkChanged; TooFewStops for one that citizens see."""
    if (walk.name, walk.about, tuple(walk.stops)) == (text.name, text.about, text.stops):
        return
    expect_version(walk, expected_version, WalkChanged)
    if walk.is_published and len(text.stops) < LEAST:
        raise TooFewStops
    _put(uow, walk, text)
    _tell(uow, WalkEdited, walk)


def translate_walk(
    uow: UnitOfWork, walk: Walk, words: Mapping[str, dict[str, str]], *, expected_version: int
) -> None:
    """Name and text by language; a language without a name has none. Raises WalkChanged."""
    told = {language: words[language] for language in OTHERS if words[language]["name"]}
    if walk.translations == told:
        return
    expect_version(walk, expected_version, WalkChanged)
    walk.translations, walk.changed_at = told, uow.now
    _tell(uow, WalkTranslated, walk)


def publish_walk(uow: UnitOfWork, walk: Walk, *, expected_version: int) -> None:
    """Everybody sees it from now on. Raises TooFewStops, WalkChanged."""
    if not walk.is_published and len(stops_of(uow, walk)) < LEAST:
        raise TooFewStops
    version = {"expected_version": expected_version, "refusal": WalkChanged()}
    if turn(uow, walk, "published_at", uow.now, **version):  # type: ignore[arg-type]
        _tell(uow, WalkPublished, walk)


def hide_walk(uow: UnitOfWork, walk: Walk, *, expected_version: int) -> None:
    """Back to the drafts. Raises WalkChanged."""
    refusal = WalkChanged()
    if turn(uow, walk, "published_at", None, expected_version=expected_version, refusal=refusal):
        _tell(uow, WalkHidden, walk)


def delete_walk(uow: UnitOfWork, walk: Walk, *, expected_version: int) -> None:
    """Gone for citizens; can come back for 30 days as what it was. Raises WalkChanged."""
    refusal = WalkChanged()
    if turn(uow, walk, "deleted_at", uow.now, expected_version=expected_version, refusal=refusal):
        _tell(uow, WalkDeleted, walk)


def restore_walk(uow: UnitOfWork, walk: Walk, *, expected_version: int) -> None:
    """Undo a deletion. Raises WalkChanged."""
    refusal = WalkChanged()
    if turn(uow, walk, "deleted_at", None, expected_version=expected_version, refusal=refusal):
        _tell(uow, WalkRestored, walk)


def erase_deleted_walks(uow: UnitOfWork) -> None:
    """What was deleted more than 30 days ago is gone for good."""
    uow.session.execute(delete(Walk).where(Walk.deleted_at < uow.now - RESTORABLE_FOR))


def _put(uow: UnitOfWork, walk: Walk, text: WalkText) -> None:
    walk.name, walk.about, walk.stops = text.name, text.about, list(text.stops)
    walk.sort_key, walk.changed_at = text.name.casefold(), uow.now


def _apart(place: Place, after: Place | None) -> float | None:
    one, other = _point(place), _point(after) if after else None
    return kilometres(one, other) if one and other else None


def _point(place: Place) -> Point | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def _tell(uow: UnitOfWork, fact: type[PlaceFact], walk: Walk) -> None:
    uow.session.flush()
    uow.emit(fact(subject_id=walk.id, title=walk.name))
