"""Entries of what is published, for RSS and Atom, and as JSON Feed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from obshto.modules.feeds.models import RegionalPost
from obshto.modules.feeds.services.approved_text import shown_of
from obshto.modules.feeds.services.channel_text import first_words, joined, validity
from obshto.modules.feeds.services.queries import public
from obshto.platform.content.syndication import FeedEntry, FeedHead, FeedPicture
from obshto.platform.search.feed_entries import told_entries
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

SIZE = 50
VERSION = "https://jsonfeed.org/version/1.1"
Writer = Callable[[FeedHead, Sequence[FeedEntry]], bytes]


def lines_here(uow: UnitOfWork, *, language: str) -> list[FeedEntry]:
    """The newest of the municipality: what is worth telling, short posts of its own. Two queries.

    What has a translation comes translated; the rest is Bulgarian.
    """
    home = uow.scope.address
    entries = uow.session.scalars(told_entries(uow, language=language).limit(SIZE))
    posts = uow.session.scalars(public(uow.now).limit(SIZE))
    found = [
        FeedEntry(
            key=f"{home}{entry.path}",
            address=f"{home}{'' if entry.language == SOURCE else f'/{entry.language}'}{entry.path}",
            title=entry.title,
            text=first_words(entry.text, entry.title),
            published_at=entry.published_at,
            changed_at=entry.published_at,
            tags=tuple(filter(None, (entry.place,))),
            language=entry.language,
            picture=_picture(home, entry.picture),
        )
        for entry in entries
    ]
    for post in posts:
        shown = shown_of(post)
        if shown.until and shown.until <= uow.now:
            continue
        found.append(
            FeedEntry(
                key=f"{home}{post.path}",
                address=f"{home}{post.path}",
                title=shown.title,
                text=joined((shown.summary, validity(shown))),
                published_at=post.sent_at or uow.now,
                changed_at=post.sent_at or uow.now,
                tags=tuple(filter(None, (shown.place,))),
            )
        )
    return sorted(found, key=lambda line: line.published_at, reverse=True)[:SIZE]


def _picture(home: str, told: Mapping[str, Any] | None) -> FeedPicture | None:
    if told is None:
        return None
    return FeedPicture(address=f"{home}{told['path']}", mime=told["mime"], size=told["size"])


def lines_of_region(
    rows: Iterable[RegionalPost], homes: dict[str, tuple[str, str]]
) -> list[FeedEntry]:
    """The same of the regional profile; `homes` has the title and the address of each portal."""
    return [
        FeedEntry(
            key=f"{homes[row.municipality][1]}/feeds/{row.post_id}",
            address=f"{homes[row.municipality][1]}{row.path}",
            title=row.title,
            text=joined((row.summary, validity(row))),
            published_at=row.published_at,
            changed_at=row.changed_at,
            tags=tuple(filter(None, (homes[row.municipality][0], row.place))),
            author=homes[row.municipality][0],
        )
        for row in rows
    ]


def json_feed(head: FeedHead, lines: Sequence[FeedEntry]) -> bytes:
    """JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""
    told: dict[str, Any] = {
        "version": VERSION,
        "title": head.title,
        "description": head.about,
        "home_page_url": head.page,
        "feed_url": head.address,
        "language": head.language,
        "items": [_item(line) for line in lines],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _item(line: FeedEntry) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": line.key,
        "url": line.address,
        "title": line.title,
        "content_text": line.text or line.title,
        "date_published": line.published_at.isoformat(timespec="seconds"),
        "date_modified": line.changed_at.isoformat(timespec="seconds"),
        "language": line.language,
    }
    if line.picture:
        told["image"] = line.picture.address
    if line.tags:
        told["tags"] = list(line.tags)
    if line.author:
        told["authors"] = [{"name": line.author}]
    return told


def head_here(uow: UnitOfWork, *, language: str, file: str) -> FeedHead:
    """Of the municipality."""
    prefix = "" if language == SOURCE else f"/{language}"
    page = f"{uow.scope.address}{prefix}/feeds/"
    return FeedHead(
        title=uow.scope.title,
        about=gettext("Новото от общината: новини, съобщения, събития, анкети"),
        page=page,
        address=f"{page}{file}",
        language=language,
    )
