"""HTML of another site becomes the Markdown that our editors write."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import nh3
from markdownify import ATX, MarkdownConverter

LONGEST = 400_000  # characters of HTML
TAGS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "b", "em", "i", "a"),
    *("blockquote", "hr", "br", "code", "pre", "table", "thead", "tbody", "tr", "th", "td"),
    *("div", "section", "article"),
}
SCHEMES = {"http", "https", "mailto", "tel"}
# What is said between these is no text.
SILENT = {"script", "style", "iframe", "noscript", "form", "object", "svg", "template"}
# Whoever sends the text also chooses it: a repetition gives nothing back (`++`) and stops before
# what may begin another match, else each beginning would be followed to the end of the text.
_shortcode = re.compile(
    r"\[/?(?:(?:caption|gallery|embed|audio|video|playlist|wpforms|ninja_form)\b"
    r"|contact-form[\w-]*+|(?:vc|et_pb|fusion|su)_[\w-]++|elementor-[\w-]++)[^\[\]]*+\]"
)
_picture = re.compile(r"<img\b", re.IGNORECASE)
_block = re.compile(r"\s*</?(?:p|div|h\d|ul|ol|li|table|blockquote|pre|hr|section)\b", re.I)
_gap = re.compile(r"\n\s*\n")
_blanks = re.compile(r"\s{100,}+")  # markdownify takes the square of a run of them
_many_lines = re.compile(r"\n{3,}")
_ends = re.compile(r"(?<![ \t])[ \t]++$", re.M)


class Unreadable(ValueError):
    """Too long, or nested as no text is."""


@dataclass(frozen=True, slots=True)
class Turned:
    """Markdown, and how many pictures were left out of it."""

    markdown: str
    pictures: int


def to_markdown(html: str, *, host: str = "") -> Turned:
    """The words with their headings, lists, links and tables; scripts, looks and pictures go.

    Links to `host`, the site that the text comes from, become paths. Raises Unreadable.
    """
    if len(html) > LONGEST:
        raise Unreadable(len(html))
    told = _shortcode.sub("", _without_comments(html.replace("\r\n", "\n")))
    clean = nh3.clean(
        _in_paragraphs(told),
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        clean_content_tags=SILENT,
        link_rel=None,
        attribute_filter=lambda tag, name, value: _here(value, host),
    )
    try:
        short = _blanks.sub(lambda run: run[0][:100], clean)
        turned = _Converter(heading_style=ATX, bullets="-").convert(short)
    except RecursionError:
        raise Unreadable from None
    return Turned(
        _many_lines.sub("\n\n", _ends.sub("", turned)).strip(), len(_picture.findall(html))
    )


class _Converter(MarkdownConverter):
    """Two blanks at the end of a line would be lost in an editor; a backslash is seen."""

    class Options:
        newline_style = "backslash"


def _without_comments(html: str) -> str:
    """By searching and not by a pattern: a comment that never ends is looked for once."""
    kept, at = [], 0
    while (start := html.find("<!--", at)) >= 0:
        end = html.find("-->", start + 4)
        if end < 0:
            break
        kept.append(html[at:start])
        at = end + 3
    return "".join((*kept, html[at:]))


def _here(address: str, host: str) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    is_ours = bool(host) and parts.netloc.removeprefix("www.") == host.removeprefix("www.")
    if not is_ours or parts.path.startswith("/wp-content/"):
        return address
    return parts._replace(scheme="", netloc="").geturl() or "/"


def _in_paragraphs(html: str) -> str:
    """Older WordPress leaves paragraphs to empty lines, and ends of lines as they were typed."""
    if re.search(r"<p\b", html, re.IGNORECASE):
        return html
    pieces = (piece for piece in _gap.split(html) if piece.strip())
    return "\n".join(
        piece if _block.match(piece) else f"<p>{piece.strip().replace(chr(10), '<br>')}</p>"
        for piece in pieces
    )
