"""Demonstration notices: invented, not all of them in each municipality, at its own villages."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from obshto.modules.notices.services.edits import (
    TOLD,
    Draft,
    Note,
    edit_notice,
    publish_notice,
    withdraw_notice,
    write_notice,
)
from obshto.modules.notices.services.settlements import settlements_here
from obshto.platform.clock import SOFIA
from obshto.platform.unit_of_work import UnitOfWork

SHOWROOM = "kula"  # the municipality that shows everything


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    codes = list(settlements_here(uow))
    chance = crc32(uow.scope.slug.encode()) // 7
    for told in _all():
        # The region tells what is new everywhere: the same sentence eleven times says nothing.
        if uow.scope.slug != SHOWROOM and told.get("third", chance % 3) != chance % 3:
            continue
        key = uuid5(NAMESPACE_URL, f"notices/{uow.scope.slug}/{told['key']}")
        # A number beyond the last village counts from the first again.
        places = tuple(codes[number % len(codes)] for number in told["places"] if codes)
        notice = write_notice(uow, _draft(uow, told, places), request_id=key)
        if told.get("is_draft") or notice.published_at:
            continue
        publish_notice(uow, notice, expected_version=notice.version)
        notice.published_at = uow.now - timedelta(hours=told["ago"] + chance % 7 * 9)
        uow.session.flush()
        if "correction" in told:
            note, draft = _note(told["correction"], "correction"), _draft(uow, told, places)
            edit_notice(uow, notice, draft, expected_version=notice.version, correction=note)
            uow.session.flush()
        if "reason" in told:
            reason = _note(told["reason"], "reason")
            withdraw_notice(uow, notice, reason=reason, expected_version=notice.version)


def _draft(uow: UnitOfWork, told: dict[str, Any], places: tuple[str, ...]) -> Draft:
    bulgarian, *others = (dict(zip(TOLD, told[code], strict=True)) for code in ("bg", "en", "ro"))
    return Draft(
        kind=told["kind"],
        settlements=places,
        starts_at=_moment(uow, *told["starts"]),
        ends_at=_moment(uow, *told["ends"]),
        is_urgent=told.get("is_urgent", False),
        words=dict(zip(("en", "ro"), others, strict=True)),
        **bulgarian,
    )


def _moment(uow: UnitOfWork, days: int, hour: int) -> datetime:
    """So many days from today at that hour, by the clocks of Bulgaria."""
    day = uow.now.astimezone(SOFIA) + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def _note(told: list[str], part: str) -> Note:
    bulgarian, english, romanian = told
    return Note(text=bulgarian, words={"en": {part: english}, "ro": {part: romanian}})


@cache
def _all() -> list[dict[str, Any]]:
    path = Path(__file__).parent / "data" / "demo.json"
    told: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return told


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    end = uow.now + timedelta(days=3650)
    text = "С нея ИТ екипът проверява, че никой не вижда чужди данни. Не я публикувайте."
    told = Draft(
        kind="other", title=f"Контролна чернова {mark}", text=text, starts_at=uow.now, ends_at=end
    )
    write_notice(uow, told, request_id=uuid5(NAMESPACE_URL, mark))
