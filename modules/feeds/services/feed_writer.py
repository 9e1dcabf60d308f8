"""What is published, as RSS, Atom and JSON Feed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from feedgen.ext.base import BaseEntryExtension
from feedgen.feed import FeedGenerator
from flask_babel import gettext

from obshto.modules.feeds.models import RegionalPost
from obshto.modules.feeds.services.approved_text import shown_of
from obshto.modules.feeds.services.channel_text import first_words, joined, validity
from obshto.modules.feeds.services.queries import public
from obshto.platform.search.feed_entries import told_entries
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

SIZE = 50
NEVER = datetime(2020, 1, 1, tzinfo=UTC)  # when a feed changed that is empty still
VERSION = "https://jsonfeed.org/version/1.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Where a picture is sent from, of which kind it is, how many bytes."""

    address: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing of a feed. `key` names it for ever, `address` is where it is read."""

    key: str
    address: str
    title: str
    text: str
    published_at: datetime
    changed_at: datetime
    tags: tuple[str, ...] = ()
    language: str = SOURCE
    author: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Whose feed it is, where its page stands, where the feed itself."""

    title: str
    about: str
    page: str
    address: str
    language: str


Writer = Callable[[Head, Sequence[Line]], bytes]


def lines_here(uow: UnitOfWork, *, language: str) -> list[Line]:
    """The newest of the municipality: what is worth telling, short posts of its own. Two queries.

    What has a translation comes translated; the rest is Bulgarian.
    """
    assert uow.scope
    home = uow.scope.address
    entries = uow.session.scalars(told_entries(uow, language=language).limit(SIZE))
    posts = uow.session.scalars(public(uow.now).limit(SIZE))
    found = [
        Line(
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
            Line(
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


def _picture(home: str, told: Mapping[str, Any] | None) -> Picture | None:
    if told is None:
        return None
    return Picture(address=f"{home}{told['path']}", mime=told["mime"], size=told["size"])


def lines_of_region(rows: Iterable[RegionalPost], homes: dict[str, tuple[str, str]]) -> list[Line]:
    """The same of the regional profile; `homes` has the title and the address of each portal."""
    return [
        Line(
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


def rss(head: Head, lines: Sequence[Line]) -> bytes:
    """RSS 2.0 (https://www.rssboard.org/rss-specification)."""
    feed = _feed(head, lines)
    feed.docs("https://www.rssboard.org/rss-specification")
    told: bytes = feed.rss_str()
    return told


def atom(head: Head, lines: Sequence[Line]) -> bytes:
    """Atom 1.0 (RFC 4287)."""
    told: bytes = _feed(head, lines).atom_str()
    return told


def json_feed(head: Head, lines: Sequence[Line]) -> bytes:
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


def _item(line: Line) -> dict[str, Any]:
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


def _feed(head: Head, lines: Sequence[Line]) -> FeedGenerator:
    feed = FeedGenerator()
    feed.id(head.page)
    feed.title(head.title)
    feed.subtitle(head.about)
    feed.link(href=head.address, rel="self")
    feed.link(href=head.page, rel="alternate")  # the last one is what RSS calls its link
    feed.language(head.language)
    feed.author(name=head.title)
    feed.generator("Obshto")
    # A clock in it would make each answer another one; an empty feed has not changed since ever.
    newest = max((line.changed_at for line in lines), default=NEVER)
    feed.updated(newest)
    feed.lastBuildDate(newest)
    for line in lines:
        _add(feed, line)
    return feed


class _Pictured(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """feedgen 1.0 forgets of an entry's link that it is an enclosure (RFC 4287, 4.2.7)."""

    picture: Picture

    def extend_atom(self, entry: Any) -> Any:
        """Say it in the element that was made."""
        for link in entry.findall("link"):  # which has no namespace before it is written
            if link.get("href") == self.picture.address:
                link.set("rel", "enclosure")
                link.set("type", self.picture.mime)
                link.set("length", str(self.picture.size))
        return entry


def _add(feed: FeedGenerator, line: Line) -> None:
    entry = feed.add_entry(order="append")
    entry.id(line.key)
    entry.guid(line.key, permalink=line.key == line.address)
    entry.title(line.title)
    entry.link(href=line.address)
    entry.published(line.published_at)
    entry.updated(line.changed_at)
    entry.description(line.text or line.title)
    if line.picture:
        it = line.picture
        entry.enclosure(it.address, str(it.size), it.mime)
        entry.register_extension("pictured", _Pictured, rss=False)
        entry.pictured.picture = it
    for tag in line.tags:
        entry.category(term=tag)
    if line.author:
        entry.author(name=line.author)


def head_here(uow: UnitOfWork, *, language: str, file: str) -> Head:
    """Of the municipality."""
    assert uow.scope
    prefix = "" if language == SOURCE else f"/{language}"
    page = f"{uow.scope.address}{prefix}/feeds/"
    return Head(
        title=uow.scope.title,
        about=gettext("Новото от общината: новини, съобщения, събития, анкети"),
        page=page,
        address=f"{page}{file}",
        language=language,
    )
