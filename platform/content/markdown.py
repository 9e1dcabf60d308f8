"""Markdown of editors becomes HTML that may stand on a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import unescape

import nh3
from flask_babel import gettext
from markdown_it import MarkdownIt
from markdown_it.token import Token

from obshto.platform.web.language import SOURCE, speaking

LONGEST = 64 * 1024  # characters; cleaning is quadratic on hostile nesting, so bounded before
TAGS = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br",
    "code", "pre", "table", "thead", "tbody", "tr", "th", "td", "img", "div",
    "figure", "figcaption",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "th": {"scope"},
    "ol": {"start"},
    "img": {"src", "alt", "width", "height", "srcset", "sizes", "loading"},
    "div": {"class", "role", "tabindex", "aria-label"},  # ours: raw HTML never becomes a tag
}
SCHEMES = {"http", "https", "mailto", "tel"}
SIZES = "(min-width: 42rem) 42rem, 100vw"  # how wide a picture stands: the column of the text
TOP, DEEPEST = 2, 4

_OPEN_END = re.compile(r"(?<=[^.,:;!?])\n")
_parser = MarkdownIt("commonmark", {"html": False}).enable(["table"])


class TooLong(ValueError):
    """More text than a page may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One of our own pictures, in pixels; `widths` are the addresses of its smaller copies."""

    src: str
    width: int
    height: int
    description: str = ""
    widths: tuple[tuple[int, str], ...] = ()


FindPicture = Callable[[str], Picture | None]


def no_picture(address: str) -> None:
    """For texts that hold none."""


def to_html(
    markdown: str, *, language: str = SOURCE, find_picture: FindPicture = no_picture
) -> str:
    """Clean HTML: headings begin at h2 and skip no level, raw HTML is text, links are safe.

    Only pictures that `find_picture` knows are shown, so that no page calls another server; of
    any other its description stays, as text. Tables scroll by themselves. Raises TooLong.
    """
    if len(markdown) > LONGEST:
        raise TooLong(len(markdown))
    tokens = _figured(_parser.parse(markdown), find_picture)
    _shift_headings(tokens)
    _mark_columns(tokens)
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = [_pictured(child, find_picture) for child in token.children]
    html = _parser.renderer.render(_framed(tokens, language), _parser.options, {})
    return nh3.clean(
        html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer"
    )


def to_text(html: str) -> str:
    """What a reader of clean HTML reads, in one line; a line that ends openly gets a semicolon."""
    lines = (" ".join(line.split()) for line in unescape(nh3.clean(html, tags=set())).splitlines())
    return _OPEN_END.sub("; ", "\n".join(filter(None, lines))).replace("\n", " ")


def _shift_headings(tokens: Iterable[Token]) -> None:
    """The page has its h1 already: the first heading is an h2, none is deeper by two."""
    asked: list[int] = []  # levels as written, of the headings that the next one may stand below
    for token in tokens:
        if token.type == "heading_open":
            written = int(token.tag[1])
            while asked and asked[-1] >= written:
                asked.pop()
            asked.append(written)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(TOP + len(asked) - 1, DEEPEST)}"


def _figured(tokens: list[Token], find_picture: FindPicture) -> list[Token]:
    """A picture of ours that stands alone and has a title: `![…](/files/1 "Площадът")`."""
    made: list[Token] = []
    for token in tokens:
        caption = _caption_of(token, find_picture)
        if caption and made and made[-1].type == "paragraph_open":
            made[-1] = Token("figure_open", "figure", 1, block=True)
            shown = Token("text", "", 0, content=caption)
            made += [
                token,
                Token("figcaption_open", "figcaption", 1, block=True),
                Token("inline", "", 0, content=caption, children=[shown]),
                Token("figcaption_close", "figcaption", -1, block=True),
            ]
        elif token.type == "paragraph_close" and made[-1].type == "figcaption_close":
            made.append(Token("figure_close", "figure", -1, block=True))
        else:
            made.append(token)
    return made


def _caption_of(token: Token, find_picture: FindPicture) -> str:
    """Empty for whatever is no such picture."""
    children = token.children or []
    if token.type != "inline" or [child.type for child in children] != ["image"]:
        return ""
    [picture] = children
    is_ours = find_picture(str(picture.attrs.get("src", ""))) is not None
    return str(picture.attrs.get("title", "")).strip() if is_ours else ""


def _mark_columns(tokens: list[Token]) -> None:
    """Heads name their columns; an empty corner is no head."""
    for opening, inside, closing in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opening.type == "th_open" and inside.content.strip():
            opening.attrs["scope"] = "col"
        elif opening.type == "th_open":
            opening.tag = closing.tag = "td"


def _framed(tokens: list[Token], language: str) -> list[Token]:
    """Each table inside a frame that the keyboard reaches and the finger moves."""
    framed: list[Token] = []
    number = 0
    for token in tokens:
        if token.type == "table_open":
            number += 1
            frame = {"class": "ob-scroll", "role": "group", "tabindex": "0"}
            frame["aria-label"] = _name_of_table(number, language)
            framed.append(Token("div_open", "div", 1, attrs={**frame}, block=True))
        framed.append(token)
        if token.type == "table_close":
            framed.append(Token("div_close", "div", -1, block=True))
    return framed


def _name_of_table(number: int, language: str) -> str:
    with speaking(language):
        return str(gettext("Таблица %(number)s", number=number))


def _pictured(token: Token, find_picture: FindPicture) -> Token:
    if token.type != "image":
        return token
    found = find_picture(str(token.attrs.get("src", "")))
    if found is None:
        return Token("text", "", 0, content=token.content)
    token.attrs = {
        "src": found.src,
        "alt": "",  # the renderer puts the description here
        "width": found.width,
        "height": found.height,
        "loading": "lazy",
    }
    if found.widths:
        copies = [*found.widths, (found.width, found.src)]
        token.attrs["srcset"] = ", ".join(f"{address} {width}w" for width, address in copies)
        token.attrs["sizes"] = SIZES
    if not token.content.strip():
        token.children = [Token("text", "", 0, content=found.description)]
    return token
