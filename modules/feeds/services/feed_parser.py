"""What a feed of the wild says, as plain text and addresses: nothing of its markup is kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import struct_time
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from obshto.modules.feeds.services.channel_text import shortened
from obshto.platform.content.markdown import to_text

MOST = 30  # entries that are looked at, the newest first as they come
LONGEST, TITLE, TEXT, GUID, LINK = 64_000, 200, 600, 400, 1_000
NESTED = 500  # elements one inside another; a cleaner takes long over more
_tag = re.compile(r"<(/?)[a-zA-Z]")
_invisible = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe]"
)


class NoFeed(ValueError):
    """Whatever it is, nobody's posts can be read out of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """One thing that was said there."""

    guid: str
    title: str
    text: str
    link: str
    picture: str
    picture_alt: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A feed: what it calls itself, where people read it, what stands in it."""

    title: str
    page: str
    entries: tuple[ParsedEntry, ...]


def parse(content: bytes, headers: dict[str, str], *, address: str, now: datetime) -> Read:
    """RSS or Atom in whatever encoding, however broken. Raises NoFeed."""
    told = {"content-location": address, **headers}
    try:
        found = feedparser.parse(
            content, response_headers=told, sanitize_html=False, resolve_relative_uris=False
        )
    except (ValueError, TypeError, LookupError, RecursionError, AttributeError) as error:
        raise NoFeed(type(error).__name__) from None
    if not found.get("version") and not found.entries:
        raise NoFeed("neither RSS nor Atom")
    page = _address(found.feed.get("link", ""), address) or _origin(address)
    entries = [_entry(entry, address, now) for entry in found.entries[:MOST]]
    return Read(
        title=shortened(_plain(found.feed.get("title", "")), TITLE),
        page=page,
        entries=tuple(entry for entry in entries if entry),
    )


def _entry(entry: Any, address: str, now: datetime) -> ParsedEntry | None:
    """None for what says nothing."""
    link = _address(entry.get("link", ""), address)
    title = _plain(entry.get("title", ""))
    text = _plain(next(_texts(entry), ""))
    guid = (entry.get("id") or link or title)[:GUID]
    if not guid or not (title or text):
        return None
    picture, alt = next(_pictures(entry, address), ("", ""))
    return ParsedEntry(
        guid=_invisible.sub("", guid),
        title=shortened(title, TITLE),
        text=shortened(text, TEXT),
        link=link,
        picture=picture,
        picture_alt=shortened(_plain(alt), TITLE),
        published_at=_moment(entry, now),
    )


def _texts(entry: Any) -> Iterator[str]:
    if entry.get("summary"):
        yield entry["summary"]
    for content in entry.get("content") or ():
        if content.get("value"):
            yield content["value"]


def _pictures(entry: Any, address: str) -> Iterator[tuple[str, str]]:
    """Addresses of pictures with the words for who can't see them, as networks put them there."""
    media = [*(entry.get("media_content") or ()), *(entry.get("media_thumbnail") or ())]
    # The library takes the description of a picture for one more content; Mastodon's is plain.
    plain = (c["value"] for c in entry.get("content") or () if c.get("type") == "text/plain")
    alt = next(plain, "")
    for one in media:
        if one.get("medium", "image") == "image" and _is_picture(one.get("type", "image/")):
            found = _address(one.get("url", ""), address)
            if found:
                yield found, alt
    for one in entry.get("enclosures") or ():
        found = _address(one.get("href", ""), address)
        if found and _is_picture(one.get("type", "")):
            yield found, ""


def _is_picture(mime: str) -> bool:
    return mime.startswith("image/")


def _moment(entry: Any, now: datetime) -> datetime:
    """When it was said; what claims to come from the future, or says nothing, was said now."""
    told: struct_time | None = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        moment = datetime(*told[:6], tzinfo=UTC) if told else now
    except ValueError:
        moment = now
    return moment if moment < now + timedelta(minutes=10) else now


def _plain(html: str) -> str:
    """The words alone, in one line. What is nested deeper than any text is no text."""
    html = html[:LONGEST]
    if _depth(html) > NESTED:
        return ""
    return _invisible.sub("", to_text(html)).strip()


def _depth(html: str) -> int:
    deepest = depth = 0
    for closing in _tag.findall(html):
        depth += -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest


def _address(link: Any, base: str) -> str:
    """A whole address of the web, else nothing."""
    try:
        whole = urljoin(base, str(link).strip()) if link else ""
        parts = urlsplit(whole)
    except ValueError:
        return ""
    is_of_the_web = parts.scheme in ("http", "https") and parts.hostname
    return whole if is_of_the_web and len(whole) <= LINK and not re.search(r"[\s\\]", whole) else ""


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/"
