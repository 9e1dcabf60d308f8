"""What is kept of a published thing so that it can be found."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from obshto.platform.modularity.manifest import PublicEntry
from obshto.platform.search.spelling import grams_of
from obshto.platform.search.wordforms import forms, words_of

LONGEST = 40_000  # characters of a text that are kept and searched
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\ufeff\x00]")


def row_of(entry: PublicEntry, municipality: str) -> dict[str, Any]:
    """The columns of an entry; those with tokens as PostgreSQL writes a tsvector.

    Its municipality is among them by its slug, which is its name in the law's Latin: whoever asks
    „вода Кула“ finds what Kula says of water without naming itself.
    """
    title, text = _plain(entry.title), _plain(entry.text)[:LONGEST]
    named = f"{title} {entry.place}"
    in_title = _forms(named, entry.language)
    return {
        "object_id": entry.object_id,
        "language": entry.language,
        "kind": entry.kind,
        "title": title,
        "text": text,
        "place": entry.place,
        "path": entry.path,
        "published_at": entry.published_at,
        "until": entry.until,
        "pattern": entry.pattern,
        "picture": asdict(entry.picture) if entry.picture else None,
        "title_tokens": _vector(in_title | grams_of(named, entry.language)),
        "tokens": _vector(in_title | _forms(f"{text} {municipality}", entry.language)),
    }


def _plain(text: str) -> str:
    return " ".join(_INVISIBLE.sub("", text).split())


def _forms(text: str, language: str) -> set[str]:
    return {f"'{form}'" for word in words_of(text) for form in forms(word[0], language)}


def _vector(tokens: set[str]) -> str:
    return " ".join(sorted(tokens))
