"""Demonstration guides in three languages, readings of them, a campaign with leaflets."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.guides.models import CitizenGuide
from obshto.modules.guides.services.campaigns import (
    CampaignPlan,
    Given,
    begin_campaign,
    hand_out,
)
from obshto.modules.guides.services.edits import (
    GuideLinks,
    GuideText,
    edit_guide,
    links_of,
    translate_guide,
    write_guide,
)
from obshto.modules.guides.services.kind import KIND
from obshto.modules.guides.services.page_context import places_here
from obshto.modules.guides.services.publication import publish_guide
from obshto.modules.guides.services.readings import count_reading
from obshto.platform.clock import day_of
from obshto.platform.editorial.attachments import add_file
from obshto.platform.editorial.html import render_in_all_languages
from obshto.platform.editorial.kinds import UNWRITTEN
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

DATA = Path(__file__).parent / "data"
PICTURE = re.compile(r"!\[(?P<alt>[^]]*)\]\(\{(?P<name>[^}]+)\}\)")
Told = dict[str, Any]


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    guides = [_guide(uow, told) for told in _all()]
    places = list(places_here(uow, SOURCE))[:3]
    for number, guide in enumerate(guides[:-1]):
        _read(uow, guide, places, times=9 - number)
    _campaigns(uow, places)


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    text = GuideText(
        title=f"Контролна чернова {mark}",
        summary="",
        markdown="С нея ИТ екипът проверява, че никой не вижда чужди данни. Не я публикувайте.",
    )
    write_guide(uow, text, GuideLinks(), request_id=uuid5(NAMESPACE_URL, mark))


def _guide(uow: UnitOfWork, told: Told) -> CitizenGuide:
    links = GuideLinks(leads_to=told.get("leads_to", ""))
    text = _text(told["texts"][SOURCE])
    guide = write_guide(uow, text, links, request_id=_id(uow, told["key"]))
    if guide.version > 1 or guide.is_published:
        return guide
    pictures = {
        given["name"]: _picture(uow, guide, told, given) for given in told.get("pictures", ())
    }
    if pictures:
        text = _text(told["texts"][SOURCE], pictures)
        links = links_of(guide)
        edit_guide(uow, guide, text, links, expected_version=guide.version)
    for language in sorted(set(told["texts"]) - {SOURCE}):
        translated = _text(told["texts"][language], pictures)
        translate_guide(uow, guide, translated, language=language, expected_version=UNWRITTEN)
    render_in_all_languages(uow, KIND, guide.id)
    uow.session.flush()
    if told.get("status") != "draft":
        publish_guide(uow, guide, expected_version=guide.version)
    return guide


def _picture(uow: UnitOfWork, guide: CitizenGuide, told: Told, given: dict[str, str]) -> str:
    """Its address."""
    content = BytesIO((DATA / given["name"]).read_bytes())
    request_id = _id(uow, told["key"], given["name"])
    return add_file(uow, KIND, guide, content, **given, as_picture=True, request_id=request_id).path


def _read(uow: UnitOfWork, guide: CitizenGuide, places: list[str], *, times: int) -> None:
    for number in range(times):
        count_reading(
            uow,
            guide,
            was_useful=number % 4 != 3,
            settlement=places[number % len(places)] if places and number % 3 else "",
            request_id=_id(uow, str(guide.request_id), f"reading-{number}"),
        )


def _campaigns(uow: UnitOfWork, places: list[str]) -> None:
    """One that runs, one that has ended."""
    running = ((30, "Гише в общината", 35), (18, "Библиотеката", 20), (12, "Кметството", 6))
    _campaign(uow, "Хората научават за услугите по интернет", (-40, 180), running, places)
    ended = ((25, "Пазарът", 100), (40, "Читалището", 90))
    _campaign(uow, "Хората знаят как се гласува", (-120, -60), ended, places)


def _campaign(
    uow: UnitOfWork,
    title: str,
    days: tuple[int, int],
    given: tuple[tuple[int, str, int], ...],
    places: list[str],
) -> None:
    today = day_of(uow.now)
    starts_on, ends_on = (today + timedelta(days=number) for number in days)
    plan = CampaignPlan(title=title, goal=200, starts_on=starts_on, ends_on=ends_on)
    campaign = begin_campaign(uow, plan, request_id=_id(uow, title))
    for number, place, ago in given:
        on = max(campaign.starts_on, today - timedelta(days=ago))
        leaflets = Given(
            given_on=min(campaign.ends_on, on),
            number=number,
            place=place,
            settlement=places[ago % len(places)] if places else "",
        )
        hand_out(uow, campaign, leaflets, request_id=_id(uow, title, place))


def _text(words: dict[str, str], pictures: Mapping[str, str] = MappingProxyType({})) -> GuideText:
    """`pictures` are addresses by the names of their files; a picture without one is left out."""

    def drawn(place: re.Match[str]) -> str:
        path = pictures.get(place["name"])
        return f"![{place['alt']}]({path})" if path else ""

    markdown = PICTURE.sub(drawn, words["body"]).strip()
    return GuideText(title=words["title"], summary=words["summary"], markdown=markdown)


def _id(uow: UnitOfWork, *names: str) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(("guides", uow.scope.slug, *names)))


@cache
def _all() -> list[Told]:
    told: list[Told] = json.loads((DATA / "guides.json").read_text("utf-8"))
    return told
