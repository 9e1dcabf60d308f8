"""A thing of an export becomes a text that editors could have written, or the word why not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from obshto.platform.content.markdown import TooLong, to_html, to_text
from obshto.platform.site_import.export_parser import PAGE, POST, ExportedThing

TITLE, SUMMARY, BODY = 120, 300, 20_000  # characters, as the forms of news and pages allow
_heading = re.compile(r"^#.*$", re.M)
_sentence = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedText:
    """What would be made. `verdict` is empty, or the word why it will not be."""

    title: str
    summary: str = ""
    markdown: str = ""
    pictures: int = 0
    verdict: str = ""


def written(found: ExportedThing) -> DraftedText:
    """The text of a thing, cleaned and within the lengths of our forms."""
    blank = DraftedText(title=_short(found.title, TITLE))
    if found.kind not in (POST, PAGE):
        return replace(blank, verdict="kind")
    if found.is_hidden:
        return replace(blank, verdict="hidden")
    if not found.title:
        return replace(blank, verdict="untitled")
    # Late: its libraries take a seventh of a second to load, and are for one day of a municipality.
    from obshto.platform.content.fromhtml import Unreadable, to_markdown  # noqa: PLC0415

    try:
        turned = to_markdown(found.html, host=_host(found.key))
        told = to_text(to_html(_heading.sub("", turned.markdown)))
        excerpt = to_text(to_html(to_markdown(found.excerpt).markdown))
    except Unreadable:
        return replace(blank, verdict="unclear")
    except TooLong:
        return replace(blank, verdict="long")
    if not told:
        return replace(blank, verdict="empty", pictures=turned.pictures)
    return DraftedText(
        title=blank.title,
        summary=_first(excerpt or told),
        markdown=turned.markdown,
        pictures=turned.pictures,
        verdict="long" if len(turned.markdown) > BODY else "",
    )


def _first(text: str) -> str:
    """The first sentences that fit."""
    kept = ""
    for sentence in _sentence.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > SUMMARY:
            break
        kept = longer
    return kept or _short(text, SUMMARY)


def _short(text: str, most: int) -> str:
    """Cut after a whole word."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:–-") + "…"


def _host(key: str) -> str:
    try:
        return urlsplit(key.partition("#")[0]).netloc
    except ValueError:
        return ""
