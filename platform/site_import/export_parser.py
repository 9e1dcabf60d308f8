"""The texts in an export of WordPress (WXR) or in an RSS feed.

https://wordpress.org/documentation/article/tools-export-screen/ and
https://www.rssboard.org/rss-specification
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from obshto.platform.site_import.errors import BrokenExport, HostileExport, NoExport, TooManyTexts

MOST = 10_000  # things in one export
DEEPEST = 64  # elements inside each other
CHANNEL = 2  # of them, where what is told of the whole site stands
LONGEST_PATH = 1_000
POST, PAGE = "post", "page"
ROOTS = ("rss", "RDF")
HEAD = 4096  # bytes in which an honest file has begun
# Of WordPress itself: drafts of drafts, menus, looks. Nobody would look for them.
SILENT = {
    *("revision", "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache"),
    *("wp_global_styles", "wp_navigation", "wp_template", "wp_template_part", "wp_block"),
}
HIDDEN = ("private", "trash", "auto-draft")
DRAFTS = ("draft", "pending", "future")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedThing:
    """One thing of an export, as it stands there. `published_at` is empty for a draft."""

    kind: str
    key: str
    path: str
    title: str
    excerpt: str
    html: str
    published_at: datetime | None
    is_hidden: bool


def looks_like_export(stream: BinaryIO) -> bool:
    """Whether the file begins as one does; leaves the stream at its beginning."""
    head = stream.read(HEAD).lstrip(b"\xef\xbb\xbf \t\r\n")
    stream.seek(0)
    return head.startswith(b"<?xml") or head.startswith(b"<rss")


def texts_in(stream: BinaryIO) -> Iterator[ExportedThing]:
    """Each thing in turn, one in memory at a time; nothing outside of the file is ever read.

    Raises NoExport, HostileExport (it declares a document type), BrokenExport, TooManyTexts.
    """
    try:
        yield from _items(stream)
    except DefusedXmlException:
        raise HostileExport from None
    except (ParseError, ValueError, LookupError):
        raise BrokenExport from None


def old_path(link: str) -> str:
    """Where something stood below its host, as we look it up: decoded, no slash at the end."""
    try:
        parts = urlsplit(link.strip())
    except ValueError:
        return ""
    path = unquote(parts.path).rstrip("/").casefold() or "/"
    return f"{path}?{parts.query}" if path == "/" and parts.query else path


def _items(stream: BinaryIO) -> Iterator[ExportedThing]:
    depth = number = 0
    site = _Site()
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        depth += 1 if event == "start" else -1
        if event == "start":
            _check(element, depth)
        elif _name(element) == "item":
            number += 1
            if number > MOST:
                raise TooManyTexts
            if found := _found(element, site):
                yield found
            element.clear()
        else:
            site.note(element, depth)


def _check(element: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise HostileExport
    if depth == 1 and _name(element) not in ROOTS:
        raise NoExport


@dataclass(slots=True)
class _Site:
    """What stands above the things: whose they are, who wrote the file."""

    address: str = ""
    is_wordpress: bool = False

    def note(self, element: Any, depth: int) -> None:
        """Take what is told of the whole site."""
        if _name(element) == "wxr_version":
            self.is_wordpress = True
        elif _name(element) == "link" and depth == CHANNEL and not self.address:
            self.address = (element.text or "").strip()


def _found(element: Any, site: _Site) -> ExportedThing | None:
    said = {_key(child): (child.text or "").strip() for child in element}
    kind = said.get("post_type", POST)
    if kind in SILENT:
        return None
    link = said.get("link", "")
    status = said.get("status", "publish")
    html = said.get("encoded") or ("" if site.is_wordpress else said.get("description", ""))
    key = f"{site.address}#{said['post_id']}" if said.get("post_id") else said.get("guid") or link
    return ExportedThing(
        kind=kind,
        key=key[:LONGEST_PATH],
        path=old_path(link)[:LONGEST_PATH] if link else "",
        title=" ".join(said.get("title", "").split()),
        excerpt=said.get("excerpt", ""),
        html=html,
        published_at=None if status in DRAFTS else _moment(said),
        is_hidden=status in HIDDEN or bool(said.get("post_password")),
    )


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _key(element: Any) -> str:
    """Text and excerpt have one name in two namespaces."""
    name = _name(element)
    return "excerpt" if name == "encoded" and "/excerpt/" in str(element.tag) else name


def _moment(said: dict[str, str]) -> datetime | None:
    written = said.get("post_date_gmt", "")
    try:
        if written and not written.startswith("0000"):
            return datetime.strptime(written, "%Y-%m-%d %H:%M:%S").replace(tzinfo=UTC)
        told = parsedate_to_datetime(said.get("pubDate", ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)
