"""Demonstration events: known yearly ones without their true day, and invented ones of villages."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.events.models import Event
from obshto.modules.events.services.changes import cancel_event
from obshto.modules.events.services.edits import (
    Details,
    Text,
    edit_event,
    translate_event,
    write_event,
)
from obshto.modules.events.services.kind import KIND
from obshto.modules.events.services.publication import publish_event
from obshto.modules.events.services.queries import settlements_here
from obshto.modules.events.services.suggestions import Suggested, suggest_event
from obshto.platform.calendar.recurrence import at_wall
from obshto.platform.clock import day_of
from obshto.platform.editorial.attachments import add_file
from obshto.platform.editorial.kinds import UNWRITTEN
from obshto.platform.unit_of_work import UnitOfWork

DATA = Path(__file__).parent / "data"
# Said below each: nobody may set out because of a demonstration.
MARKS = {
    "bg": "Пример за демонстрацията: проверете деня и часа при организатора.",
    "en": "A demonstration example: check the day and time with the organiser.",
    "ro": "Exemplu demonstrativ: verificați ziua și ora la organizator.",
}
# Below yearly ones, too: they are known, their days are not.
KNOWN_FROM = {
    "bg": "Източник: съобщения на БНР, „Видин ТВ“ и „Булфото“, към 24 ноември 2026 г. Не са сверени"
    " с организатора.",
    "en": "Source: reports of BNR, vidin.tv and bulphoto, as of 24 November 2026. Not checked with"
    " the organiser.",
    "ro": "Sursa: relatări ale BNR, vidin.tv și bulphoto, la 24 noiembrie 2026. Neverificate cu"
    " organizatorul.",
}


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    codes = list(settlements_here(uow))
    for told in _all():
        if uow.scope.slug in told.get("only", [uow.scope.slug]):
            _tell(uow, told, codes)
    _suggest(uow, codes)


def _tell(uow: UnitOfWork, told: dict[str, Any], codes: list[str]) -> None:
    key = _key(uow, told["key"])
    place = codes[told["place"] % len(codes)] if codes and "place" in told else ""
    place = told["ekatte"] if told.get("ekatte") in codes else place
    starts_at = _start(uow, told)
    details = Details(
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=told.get("hours", 2)),
        settlement=place,
        **told["details"],
    )
    text = _text(told, "bg")
    first = replace(text, summary=told.get("before", text.summary))
    event = write_event(uow, first, details, request_id=key)
    if event.version == 1:
        edit_event(uow, event, text, details, expected_version=event.version)
        uow.session.flush()
    for file in told.get("files", ()):
        _attach(uow, event, file, key)
    for language in ("en", "ro"):
        text = _text(told, language)
        translate_event(uow, event, text, language=language, expected_version=UNWRITTEN)
    if event.is_published or told.get("is_draft"):
        return
    publish_event(uow, event, expected_version=event.version)
    uow.session.flush()
    if "cancelled" in told:
        cancel_event(uow, event, note=told["cancelled"], expected_version=event.version)
    _backdate(uow, event)


def _attach(uow: UnitOfWork, event: Event, file: dict[str, str], key: UUID) -> None:
    add_file(
        uow,
        KIND,
        event,
        BytesIO(file["text"].encode()),
        name=file["name"],
        title=file["title"],
        as_picture=False,
        request_id=uuid5(key, file["name"]),
    )


def _backdate(uow: UnitOfWork, event: Event) -> None:
    """Nobody is told of a demonstration as of something new."""
    event.announced_at = event.published_at = uow.now - timedelta(days=3)
    uow.session.flush()


def _start(uow: UnitOfWork, told: dict[str, Any]) -> datetime:
    """A day of the year that is next, a weekday that is next, or so many days from now."""
    today, hour = day_of(uow.now), told.get("hour", 0)
    if "on" in told:
        month, number = told["on"]
        day = date(today.year, month, number)
        day = day if day >= today else day.replace(year=today.year + 1)
    else:
        day = today + timedelta(days=told.get("in", 0))
        if "weekday" in told:
            day += timedelta(days=(told["weekday"] - day.weekday()) % 7)
    return at_wall(datetime(day.year, day.month, day.day, hour))


def _text(told: dict[str, Any], language: str) -> Text:
    title, summary = told[language]
    told_of = [MARKS[language], *([KNOWN_FROM[language]] if told.get("yearly") else [])]
    return Text(title=title, summary=summary, markdown="\n\n".join(told_of))


def _suggest(uow: UnitOfWork, codes: list[str]) -> None:
    start = _start(uow, {"in": 12, "hour": 17})
    told = Suggested(
        title="Вечер на старите песни",
        text="Пеем заедно в читалището, който има акордеон, да го донесе.",
        starts_at=start,
        ends_at=start + timedelta(hours=3),
        settlement=codes[-1] if codes else "",
        address="читалището",
    )
    suggest_event(uow, told, request_id=_key(uow, "suggestion"))


def _key(uow: UnitOfWork, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"events/{uow.scope.slug}/{key}")


@cache
def _all() -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads((DATA / "demo.json").read_text("utf-8"))
    return told


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    markdown = "С нея ИТ екипът проверява, че никой не вижда чужди данни. Не я публикувайте."
    text = Text(title=f"Контролна чернова {mark}", markdown=markdown)
    details = Details(starts_at=uow.now, ends_at=uow.now + timedelta(hours=1))
    write_event(uow, text, details, request_id=uuid5(NAMESPACE_URL, f"events/{mark}"))
