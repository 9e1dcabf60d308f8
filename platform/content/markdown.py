"""Markdown of editors becomes HTML that may stand on a page."""

from __future__ import annotations

import re
from html import unescape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST = 64 * 1024  # characters; cleaning is quadratic on hostile nesting, so bounded before
TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br",
    "code", "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "th": {"scope"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}

_OPEN_END = re.compile(r"(?<=[^.,:;!?])\n")
_parser = MarkdownIt("commonmark", {"html": False}).enable(["table"])


class TooLong(ValueError):
    """More text than a page may hold."""


def to_html(markdown: str) -> str:
    """Clean HTML: headings start at h2, raw HTML is text, links lead to known schemes only.

    Raises TooLong.
    """
    if len(markdown) > LONGEST:
        raise TooLong(len(markdown))
    tokens = _parser.parse(markdown)
    for token in tokens:
        _lower_heading(token)
    html = _parser.renderer.render(tokens, _parser.options, {})
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer"
    )


def to_text(html: str) -> str:
    """What a reader of clean HTML reads, in one line; a line that ends openly gets a semicolon."""
    lines = (" ".join(line.split()) for line in unescape(nh3.clean(html, tags=set())).splitlines())
    return _OPEN_END.sub("; ", "\n".join(filter(None, lines))).replace("\n", " ")


def _lower_heading(token: Token) -> None:
    """The page has its one h1 already."""
    if token.type in ("heading_open", "heading_close"):
        level = min(max(int(token.tag[1]), 2), 4)
        token.tag = f"h{level}"
