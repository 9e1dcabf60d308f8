"""RSS 2.0 and Atom 1.0: the only place that knows the library that writes them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed

NEVER: Final = datetime(2020, 1, 1, tzinfo=UTC)  # when a feed changed that is empty still
RSS_SPECIFICATION: Final = "https://www.rssboard.org/rss-specification"
GENERATOR: Final = "Obshto"
YEAR: Final = 2026  # from which on the addresses were ours; never changes, as all ids would


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPicture:
    """Where a picture is sent from, of which kind it is, how many bytes."""

    address: str
    mime: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """One thing of a feed. `key` is its first address, which names it for ever."""

    key: str
    address: str
    title: str
    text: str  # plain
    published_at: datetime
    changed_at: datetime
    tags: tuple[str, ...] = ()
    language: str = ""
    author: str = ""
    picture: FeedPicture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """Whose feed it is, where its page stands, where the feed itself."""

    title: str
    about: str
    page: str
    address: str
    language: str


def rss(head: FeedHead, entries: Sequence[FeedEntry], *, changed_at: datetime = NEVER) -> bytes:
    """RSS 2.0 (https://www.rssboard.org/rss-specification)."""
    return _written(_Rss, head, entries, changed_at)


def atom(head: FeedHead, entries: Sequence[FeedEntry], *, changed_at: datetime = NEVER) -> bytes:
    """Atom 1.0 (RFC 4287), ids by RFC 4151: they outlive port, scheme and a domain beside."""
    return _written(_Atom, head, entries, changed_at)


def tag_uri(address: str) -> str:
    """An id that is no address: `tag:kula.obshto.example,2026:/news/1`."""
    parts = urlsplit(address)
    return f"tag:{parts.hostname},{YEAR}:{parts.path}"


class _Steady:
    """No clock in it, else each answer would be another one."""

    feed: dict[str, Any]
    items: list[dict[str, Any]]

    def latest_post_date(self) -> datetime:
        changes = [item["updateddate"] for item in self.items]
        latest: datetime = max(changes, default=self.feed["changed_at"])
        return latest


class _Rss(_Steady, Rss201rev2Feed):  # type: ignore[misc]  # the library has no types
    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("docs", RSS_SPECIFICATION)
        handler.addQuickElement("generator", GENERATOR)


class _Atom(_Steady, Atom1Feed):  # type: ignore[misc]
    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", GENERATOR)

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]} if item["language"] else {}

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        # The library takes every summary for HTML; ours is plain, so a < in it is a <.
        plain = item | {"description": None, "unique_id": tag_uri(item["unique_id"])}
        super().add_item_elements(handler, plain)
        handler.addQuickElement("summary", item["description"], {"type": "text"})


def _written(
    kind: type[_Rss] | type[_Atom],
    head: FeedHead,
    entries: Sequence[FeedEntry],
    changed_at: datetime,
) -> bytes:
    feed = kind(
        title=head.title,
        link=head.page,
        description=head.about,
        language=head.language,
        author_name=head.title,
        feed_url=head.address,
        feed_guid=tag_uri(head.page),
        changed_at=changed_at,
    )
    for entry in entries:
        _add(feed, entry)
    told: str = feed.writeString("utf-8")
    return told.encode()


def _add(feed: _Rss | _Atom, entry: FeedEntry) -> None:
    picture = entry.picture
    enclosures = [Enclosure(picture.address, str(picture.size), picture.mime)] if picture else []
    feed.add_item(
        title=entry.title,
        link=entry.address,
        description=entry.text or entry.title,
        author_name=entry.author or None,
        pubdate=entry.published_at,
        updateddate=entry.changed_at,
        unique_id=entry.key,
        unique_id_is_permalink=entry.key == entry.address,
        categories=entry.tags,
        enclosures=enclosures,
        language=entry.language,
    )
