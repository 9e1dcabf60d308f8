"""Demonstration pages: guides that hold everywhere, offices with the contacts of each place."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.pages.models import KINDS, SECTIONS, Attachment, Page
from obshto.modules.pages.services.answers import answer
from obshto.modules.pages.services.edits import (
    Text,
    edit_page,
    translate_page,
    write_page,
)
from obshto.modules.pages.services.kind import PAGES
from obshto.modules.pages.services.publication import publish_page
from obshto.platform.editorial.attachments import add_file
from obshto.platform.editorial.html import render_in_all_languages
from obshto.platform.editorial.kinds import UNWRITTEN
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import municipality_here

DATA = Path(__file__).parent / "data"
_place = re.compile(r"\{([a-z]+)(?::([a-z-]+))?\}")
Told = dict[str, Any]


def seed(uow: UnitOfWork) -> None:
    """The same pages in each municipality, with its own phone and address.

    Their request ids are made of their keys, so seeding twice is harmless.
    """
    words = _contact(uow)
    for told in _all():
        page = write_page(
            uow,
            _text(told["texts"]["bg"], words, before=told.get("before")),
            kind=KINDS[told["kind"]],
            section=SECTIONS[told["section"]],
            request_id=_id(uow, told["key"]),
        )
        words[f"page:{told['key']}"] = page.path
        if page.version == 1:
            _furnish(uow, page, told, words)


def _furnish(uow: UnitOfWork, page: Page, told: Told, words: dict[str, str]) -> None:
    """Everything beside the first text; only for a page that was written just now."""
    picture = _attach(uow, page, told)
    own = words | ({"picture": picture.path} if picture else {})
    text = _text(told["texts"]["bg"], own)
    edit_page(uow, page, text, section=page.shelf, expected_version=page.version)
    for language in sorted(set(told["texts"]) - {"bg"}):
        translated = _text(told["texts"][language], own)
        translate_page(uow, page, translated, language=language, expected_version=UNWRITTEN)
    render_in_all_languages(uow, PAGES, page.id)
    uow.session.flush()
    for number, given in enumerate(told.get("answers", ())):
        answer(uow, page, **given, request_id=_id(uow, told["key"], f"answer-{number}"))
    if told.get("status") != "draft":
        days = told.get("until_days")
        until = uow.now + timedelta(days=days) if days else None
        publish_page(uow, page, expected_version=page.version, until=until)


def _attach(uow: UnitOfWork, page: Page, told: Told) -> Attachment | None:
    for file in told.get("files", ()):
        _add(uow, page, file, key=told["key"], as_picture=False)
    if "picture" not in told:
        return None
    return _add(uow, page, told["picture"], key=told["key"], as_picture=True)


def _add(uow: UnitOfWork, page: Page, file: Told, *, key: str, as_picture: bool) -> Attachment:
    return add_file(
        uow,
        PAGES,
        page,
        BytesIO((DATA / file["name"]).read_bytes()),
        name=file["name"],
        title=file["title"],
        as_picture=as_picture,
        request_id=_id(uow, key, file["name"]),
    )


def _text(told: Told, words: dict[str, str], before: str | None = None) -> Text:
    def say(text: str) -> str:
        return _place.sub(lambda found: words.get(found[0][1:-1], ""), text)

    return Text(
        title=told["title"],
        summary=told["summary"],
        markdown=say(before or told["body"]),
        details={name: said for name, raw in told.get("details", {}).items() if (said := say(raw))},
    )


def _contact(uow: UnitOfWork) -> dict[str, str]:
    contact = municipality_here(uow).contact
    return {name: contact.get(name, "") for name in ("phone", "email", "address")}


def _id(uow: UnitOfWork, *names: str) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(("pages", uow.scope.slug, *names)))


@cache
def _all() -> list[Told]:
    told: list[Told] = json.loads((DATA / "pages.json").read_text("utf-8"))
    return told


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    text = Text(
        title=f"Контролна чернова {mark}",
        summary="",
        markdown="С нея ИТ екипът проверява, че никой не вижда чужди данни. Не я публикувайте.",
    )
    key = uuid5(NAMESPACE_URL, mark)
    write_page(uow, text, kind=KINDS["service"], section=SECTIONS["about"], request_id=key)
