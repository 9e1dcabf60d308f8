"""Places written, changed, shown, hidden, deleted, brought back."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

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
from obshto.platform.clock import day_of
from obshto.platform.entity import create_once, expect_version
from obshto.platform.opening_hours.hours import Hours, read, stored
from obshto.platform.soft_delete import RESTORABLE_FOR, turn
from obshto.platform.storage.services import forget_files
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import OTHERS

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


def today(uow: UnitOfWork) -> date:
    """The day it is in Bulgaria for this work."""
    return day_of(uow.now)


# Each act says how the place shall be, and which version its author saw. Where it is so already,
# nothing is done: that was the same form, sent twice. Else it must be as it was seen.


def write_place(uow: UnitOfWork, entry: Entry, *, request_id: UUID) -> Place:
    """A new draft. The same `request_id` again answers the first one."""
    place = Place(request_id=request_id, written_at=uow.now, translations={})
    _put(uow, place, entry)
    if (first := create_once(uow, place)) is not place:
        return first
    _tell(uow, PlaceWritten, place)
    return place


def edit_place(uow: UnitOfWork, place: Place, entry: Entry, *, expected_version: int) -> None:
    """Save what is written now. Raises PlaceChanged."""
    if entry_of(place) == entry:
        return
    expect_version(place, expected_version, PlaceChanged)
    _put(uow, place, entry)
    _tell(uow, PlaceEdited, place)


def translate_place(
    uow: UnitOfWork, place: Place, words: dict[str, dict[str, str]], *, expected_version: int
) -> None:
    """Name and text by language; a language without a name has no translation.

    Raises PlaceChanged.
    """
    told = {language: words[language] for language in OTHERS if words[language]["name"]}
    if place.translations == told:
        return
    expect_version(place, expected_version, PlaceChanged)
    place.translations, place.changed_at = told, uow.now
    _tell(uow, PlaceTranslated, place)


def publish_place(uow: UnitOfWork, place: Place, *, expected_version: int) -> None:
    """Everybody sees it from now on. Raises PlaceChanged."""
    if turn(
        uow,
        place,
        "published_at",
        uow.now,
        expected_version=expected_version,
        refusal=PlaceChanged(),
    ):
        _tell(uow, PlacePublished, place)


def hide_place(uow: UnitOfWork, place: Place, *, expected_version: int) -> None:
    """Back to the drafts. Raises PlaceChanged."""
    if turn(
        uow, place, "published_at", None, expected_version=expected_version, refusal=PlaceChanged()
    ):
        _tell(uow, PlaceHidden, place)


def delete_place(uow: UnitOfWork, place: Place, *, expected_version: int) -> None:
    """Gone for citizens; can come back for 30 days as what it was. Raises PlaceChanged."""
    if turn(
        uow, place, "deleted_at", uow.now, expected_version=expected_version, refusal=PlaceChanged()
    ):
        _tell(uow, PlaceDeleted, place)


def restore_place(uow: UnitOfWork, place: Place, *, expected_version: int) -> None:
    """Undo a deletion. Raises PlaceChanged."""
    if turn(
        uow, place, "deleted_at", None, expected_version=expected_version, refusal=PlaceChanged()
    ):
        _tell(uow, PlaceRestored, place)


def confirm_hours(uow: UnitOfWork, place: Place, *, expected_version: int) -> None:
    """The hours are right as of today. Raises PlaceChanged."""
    if place.confirmed_on == today(uow):
        return
    expect_version(place, expected_version, PlaceChanged)
    place.confirmed_on, place.changed_at = today(uow), uow.now
    _tell(uow, HoursConfirmed, place)


def erase_deleted(uow: UnitOfWork) -> None:
    """What was deleted more than 30 days ago is gone for good, with its pictures."""
    old = Place.deleted_at < uow.now - RESTORABLE_FOR
    rows = uow.session.execute(select(Place.picture_id, Place.gallery).where(old)).all()
    files = [picture for picture, _ in rows if picture]
    files += [UUID(one["id"]) for _, gallery in rows for one in gallery]
    uow.session.execute(delete(Place).where(old))
    forget_files(uow, files)


def _put(uow: UnitOfWork, place: Place, entry: Entry) -> None:
    """New hours count as confirmed: who writes them knows them."""
    kept = stored(entry.hours)
    if kept and kept != place.hours:
        place.confirmed_on = today(uow)
    fields: dict[str, Any] = asdict(entry)
    for name in set(fields) - {"hours", "features"}:
        setattr(place, name, fields[name])
    place.hours, place.features = kept, list(entry.features)
    place.sort_key, place.changed_at = entry.name.casefold(), uow.now


def _tell(uow: UnitOfWork, fact: type[PlaceFact], place: Place) -> None:
    uow.session.flush()
    uow.emit(fact(subject_id=place.id, title=place.name))
