"""Demonstration news: invented, different in each municipality."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from obshto.modules.news.models import Item
from obshto.modules.news.services import (
    Text,
    edit_item,
    publish_item,
    translate_item,
    write_item,
)
from obshto.modules.news.services.kind import NEWS
from obshto.platform.editorial.attachments import add_file
from obshto.platform.editorial.kinds import UNWRITTEN
from obshto.platform.unit_of_work import UnitOfWork

DATA = Path(__file__).parent / "data"


def seed(uow: UnitOfWork) -> None:
    """The news of this municipality, or of Kula for one that nobody wrote news for.

    Their request ids are made of their keys, so seeding twice is harmless.
    """
    own = [told for told in _all() if told["municipality"] == uow.scope.slug]
    for told in own or [told for told in _all() if told["municipality"] == "kula"]:
        _tell(uow, told)


def _tell(uow: UnitOfWork, told: dict[str, Any]) -> None:
    key = f"{told['municipality']}/{told['key']}"
    text, request_id = _text(told["texts"]["bg"]), uuid5(NAMESPACE_URL, key)
    first = replace(text, markdown=told.get("before", text.markdown))
    item = write_item(uow, first, request_id=request_id)
    if item.version == 1:
        edit_item(uow, item, text, expected_version=item.version)
        uow.session.flush()
    for language in set(told["texts"]) - {"bg"}:
        text = _text(told["texts"][language])
        translate_item(uow, item, text, language=language, expected_version=UNWRITTEN)
    if "picture" in told:
        _picture(uow, item, told["picture"], key=key)
    if told["status"] == "published" and not item.is_published:
        publish_item(uow, item, expected_version=item.version)
        item.published_at = item.announced_at = uow.now - timedelta(days=told["days_ago"])


def _picture(uow: UnitOfWork, item: Item, told: dict[str, str], *, key: str) -> None:
    with (DATA / told["name"]).open("rb") as stream:
        add_file(
            uow,
            NEWS,
            item,
            stream,
            **told,
            as_picture=True,
            request_id=uuid5(NAMESPACE_URL, f"{key}/{told['name']}"),
        )


def _text(words: dict[str, str]) -> Text:
    return Text(title=words["title"], summary=words["summary"], markdown=words["body"])


@cache
def _all() -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads((DATA / "demo.json").read_text("utf-8"))
    return told


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    text = Text(
        title=f"Контролна чернова {mark}",
        summary="",
        markdown="С нея ИТ екипът проверява, че никой не вижда чужди данни. Не я публикувайте.",
    )
    write_item(uow, text, request_id=uuid5(NAMESPACE_URL, mark))
