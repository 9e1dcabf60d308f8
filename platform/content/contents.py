"""Table of contents: headings of clean HTML get ids, and a list that leads to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from obshto.platform.content.markdown import to_text

FEWEST: Final = 3  # chapters; a shorter text is seen at a glance
# What `to_html` makes: a heading has no attributes, and holds none of its own level.
_heading = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading of the text, and the id by which a link reaches it."""

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapteredText:
    """The HTML as the page shows it; no chapters where they are too few for a list."""

    html: Markup
    chapters: Sequence[Chapter]


def chaptered(html: str) -> ChapteredText:
    """Clean HTML of `to_html` with an id at each chapter."""
    found = [to_text(title) for title in _heading.findall(html)]
    if len(found) < FEWEST:
        return ChapteredText(html=Markup(html), chapters=())
    chapters = [Chapter(f"part-{number}", title) for number, title in enumerate(found, 1)]
    ids = (chapter.id for chapter in chapters)
    marked = _heading.sub(lambda match: f'<h2 id="{next(ids)}">{match[1]}</h2>', html)
    return ChapteredText(html=Markup(marked), chapters=chapters)
