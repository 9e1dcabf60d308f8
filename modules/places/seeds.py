"""Demonstration places: real landmarks without hours, invented shops and offices with them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from obshto.modules.places.models import Place
from obshto.modules.places.services.gallery import add_to_gallery
from obshto.modules.places.services.pictures import set_picture
from obshto.modules.places.services.places import (
    Entry,
    point_of,
    publish_place,
    today,
    translate_place,
    write_place,
)
from obshto.modules.places.services.walks import (
    SIGHTS,
    WalkText,
    publish_walk,
    translate_walk,
    write_walk,
)
from obshto.platform.opening_hours.hours import Hours
from obshto.platform.opening_hours.hours_text import changes_of, holidays_of, spans_of
from obshto.platform.storage.samples import sample_picture
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import municipality_here, settlements_of

Names = Mapping[str, dict[str, str]]  # of towns and villages by EKATTE code, the seat first


def seed(uow: UnitOfWork) -> None:
    """The same invented places in each municipality, with its own landmarks.

    Their request ids are made of their keys, so seeding twice is harmless.
    """
    names: Names = {
        place.ekatte: {**place.names, "bg": f"{place.kind} {place.names['bg']}"}
        for place in settlements_of(uow.scope.slug)
    }
    told = _all()
    own = [landmark for landmark in told["landmarks"] if landmark["municipality"] == uow.scope.slug]
    written: dict[str, Place] = {}
    for place in [*told["everywhere"], *own]:
        tell = _write if place.get("draft") else _tell
        written[place["key"]] = tell(uow, place, names)
    _show(uow, written["square"])
    _walk(uow, told["walk"], written.values(), written["square"].ekatte)


def _show(uow: UnitOfWork, place: Place) -> None:
    if place.picture_id is None:
        alt, version = "Зелено поле: примерна снимка", place.version
        picture = sample_picture()
        set_picture(uow, place, picture, alt, name="primer.png", expected_version=version)
        uow.session.flush()
    once, told = uuid5(NAMESPACE_URL, "places/gallery"), "Още едно зелено поле: примерна снимка"
    add_to_gallery(uow, place, sample_picture(), told, name="primer.png", request_id=once)


def _walk(uow: UnitOfWork, told: dict[str, Any], places: Iterable[Place], home: str) -> None:
    """Round the sights of the seat."""
    stops = [place.id for place in places if place.kind in SIGHTS and place.ekatte == home]
    name, about = told["texts"]["bg"]
    text = WalkText(name=name, about=about, stops=tuple(stops))
    walk = write_walk(uow, text, request_id=uuid5(NAMESPACE_URL, "places/walk"))
    if walk.is_published:
        return
    translate_walk(uow, walk, _words(told), expected_version=walk.version)
    uow.session.flush()
    publish_walk(uow, walk, expected_version=walk.version)
    draft = WalkText(name="Чернова на разходка", about="Пример: още не е подредена.")
    write_walk(uow, draft, request_id=uuid5(NAMESPACE_URL, "places/walk/draft"))


def _words(told: dict[str, Any]) -> dict[str, dict[str, str]]:
    return {
        language: dict(zip(("name", "about"), told["texts"][language], strict=True))
        for language in ("en", "ro")
    }


def _tell(uow: UnitOfWork, told: dict[str, Any], names: Names) -> Place:
    place = _write(uow, told, names)
    if place.is_published:
        return place
    translate_place(uow, place, _words(told), expected_version=place.version)
    uow.session.flush()
    publish_place(uow, place, expected_version=place.version)
    if days := told.get("confirmed_days_ago"):
        place.confirmed_on = today(uow) - timedelta(days=days)
    return place


def _write(uow: UnitOfWork, told: dict[str, Any], names: Names) -> Place:
    key = f"places/{told.get('municipality', '')}/{told['key']}"
    return write_place(uow, _entry(uow, told, names), request_id=uuid5(NAMESPACE_URL, key))


def _entry(uow: UnitOfWork, told: dict[str, Any], names: Names) -> Entry:
    name, about = told["texts"]["bg"]
    ekatte = told.get("ekatte") or _home(told, list(names))
    latitude, longitude = point_of(told.get("point", ""))
    return Entry(
        kind=told["kind"],
        name=name,
        about=about,
        ekatte=ekatte,
        settlement=names.get(ekatte, {}),
        address=told["address"],
        latitude=latitude,
        longitude=longitude,
        phone=_phone(uow) if told["phone"] else "",
        features=tuple(told["features"]),
        hours=_hours(told) if told["week"] else None,
    )


def _home(told: dict[str, Any], codes: list[str]) -> str:
    """The seat, or the first village after it; nothing where the region has no list of them."""
    number = 1 if told.get("village") and len(codes) > 1 else 0
    return codes[number] if codes else ""


def _phone(uow: UnitOfWork) -> str:
    """The invented number of the municipality: nobody's."""
    return str(municipality_here(uow).contact.get("phone", ""))


def _hours(told: dict[str, Any]) -> Hours:
    return Hours(
        week=tuple(spans_of(line) for line in told["week"]),
        holidays=holidays_of(told["holidays"]),
        changes=changes_of(told["changes"]),
    )


@cache
def _all() -> dict[str, Any]:
    path = Path(__file__).parent / "data" / "demo.json"
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return told


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    told = Entry(kind="office", name=f"Контролна чернова {mark}", settlement={"bg": ""})
    write_place(uow, told, request_id=uuid5(NAMESPACE_URL, mark))
