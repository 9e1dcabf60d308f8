"""Places written, changed, shown, hidden, deleted, brought back."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from obshto.modules.places.errors import PlaceChanged, PointUnclear
from obshto.modules.places.events import (
    HoursConfirmed,
    PlaceDeleted,
    PlaceEdited,
    PlaceFact,
    PlaceHidden,
    PlacePublished,
    PlaceRestored,
    PlaceTranslated,
    PlaceWritten,
)
from obshto.modules.places.models import Place
from obshto.modules.places.services.hours import Hours, read, stored
from obshto.platform.clock import day_of
from obshto.platform.returnable import RETURNABLE, turn
from obshto.platform.web.language import OTHERS
from obshto.platform.work import Work

# The country with its borders' corners: a slip of a digit lands elsewhere.
SOUTH, NORTH, WEST, EAST = 41.2, 44.3, 22.3, 28.7
_point = re.compile(r"(\d{2}[.,]\d{1,15})[°\s,;]+(\d{2}[.,]\d{1,15})°?").fullmatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What staff write of a place. `settlement` is its names by language, `ekatte` its code."""

    kind: str
    name: str
    about: str = ""
    ekatte: str = ""
    settlement: dict[str, str]
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    email: str = ""
    website: str = ""
    features: tuple[str, ...] = ()
    hours: Hours | None = None


def point_of(text: str) -> tuple[float | None, float | None]:
    """„43.8889, 22.5214“ as latitude and longitude in WGS 84; nothing typed is no point.

    Raises PointUnclear for what is none, or lies outside Bulgaria.
    """
    if not text.strip():
        return None, None
    found = _point(text.strip())
    if not found:
        raise PointUnclear
    latitude, longitude = (float(number.replace(",", ".")) for number in found.groups())
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        raise PointUnclear
    return round(latitude, 6), round(longitude, 6)


def entry_of(place: Place) -> Entry:
    """What is written of a place now."""
    return Entry(
        kind=place.kind,
        name=place.name,
        about=place.about,
        ekatte=place.ekatte,
        settlement=place.settlement,
        address=place.address,
        latitude=place.latitude,
        longitude=place.longitude,
        phone=place.phone,
        email=place.email,
        website=place.website,
        features=tuple(place.features),
        hours=read(place.hours),
    )


def today(work: Work) -> date:
    """The day it is in Bulgaria for this work."""
    return day_of(work.now)


# Each act says how the place shall be, and which version its author saw. Where it is so already,
# nothing is done: that was the same form, sent twice. Else it must be as it was seen.


def write_place(work: Work, entry: Entry, *, request_id: UUID) -> Place:
    """A new draft. The same `request_id` again answers the first one."""
    place = Place(request_id=request_id, written_at=work.now, translations={})
    _put(work, place, entry)
    try:
        with work.session.begin_nested():
            work.session.add(place)
    except IntegrityError:  # a second click, perhaps in the same instant
        return work.session.scalars(select(Place).where(Place.request_id == request_id)).one()
    _tell(work, PlaceWritten, place)
    return place


def edit_place(work: Work, place: Place, entry: Entry, *, seen: int) -> None:
    """Save what is written now. Raises PlaceChanged."""
    if entry_of(place) == entry:
        return
    _check(place, seen)
    _put(work, place, entry)
    _tell(work, PlaceEdited, place)


def translate_place(
    work: Work, place: Place, words: dict[str, dict[str, str]], *, seen: int
) -> None:
    """Name and text by language; a language without a name has no translation.

    Raises PlaceChanged.
    """
    told = {language: words[language] for language in OTHERS if words[language]["name"]}
    if place.translations == told:
        return
    _check(place, seen)
    place.translations, place.changed_at = told, work.now
    _tell(work, PlaceTranslated, place)


def publish_place(work: Work, place: Place, *, seen: int) -> None:
    """Everybody sees it from now on. Raises PlaceChanged."""
    if turn(work, place, "published_at", work.now, seen=seen, refusal=PlaceChanged()):
        _tell(work, PlacePublished, place)


def hide_place(work: Work, place: Place, *, seen: int) -> None:
    """Back to the drafts. Raises PlaceChanged."""
    if turn(work, place, "published_at", None, seen=seen, refusal=PlaceChanged()):
        _tell(work, PlaceHidden, place)


def delete_place(work: Work, place: Place, *, seen: int) -> None:
    """Gone for citizens; can come back for 30 days as what it was. Raises PlaceChanged."""
    if turn(work, place, "deleted_at", work.now, seen=seen, refusal=PlaceChanged()):
        _tell(work, PlaceDeleted, place)


def restore_place(work: Work, place: Place, *, seen: int) -> None:
    """Undo a deletion. Raises PlaceChanged."""
    if turn(work, place, "deleted_at", None, seen=seen, refusal=PlaceChanged()):
        _tell(work, PlaceRestored, place)


def confirm_hours(work: Work, place: Place, *, seen: int) -> None:
    """The hours are right as of today. Raises PlaceChanged."""
    if place.confirmed_on == today(work):
        return
    _check(place, seen)
    place.confirmed_on, place.changed_at = today(work), work.now
    _tell(work, HoursConfirmed, place)


def erase_deleted(work: Work) -> None:
    """What was deleted more than 30 days ago is gone for good."""
    work.session.execute(delete(Place).where(Place.deleted_at < work.now - RETURNABLE))


def _check(place: Place, seen: int) -> None:
    if place.version != seen:
        raise PlaceChanged


def _put(work: Work, place: Place, entry: Entry) -> None:
    """New hours count as confirmed: who writes them knows them."""
    kept = stored(entry.hours)
    if kept and kept != place.hours:
        place.confirmed_on = today(work)
    fields: dict[str, Any] = asdict(entry)
    for name in set(fields) - {"hours", "features"}:
        setattr(place, name, fields[name])
    place.hours, place.features = kept, list(entry.features)
    place.sort_key, place.changed_at = entry.name.casefold(), work.now


def _tell(work: Work, fact: type[PlaceFact], place: Place) -> None:
    work.session.flush()
    work.record(fact(subject_id=place.id, title=place.name))
