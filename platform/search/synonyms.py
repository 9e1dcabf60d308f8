"""What people call the same thing."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from obshto.platform.search.wordforms import asked_forms, words_of
from obshto.platform.web.language import SOURCE

Phrase = tuple[str, ...]
FILE = Path(__file__).parent / "data" / "synonyms.txt"


def same_as(words: Phrase) -> list[Phrase]:
    """The other names of what these words of a question name whole."""
    names = _names()
    for number, phrases in enumerate(names):
        if any(_is_said(phrase, words) for phrase in phrases):
            return [phrase for phrase in names[number] if not _is_said(phrase, words)]
    return []


@cache
def longest() -> int:
    """Words of the longest name."""
    return max(len(phrase) for phrases in _names() for phrase in phrases)


def _is_said(phrase: Phrase, words: Phrase) -> bool:
    pairs = zip(phrase, words, strict=False)
    return len(phrase) == len(words) and all(_keys(one) & _keys(word) for one, word in pairs)


def _keys(word: str) -> frozenset[str]:
    return frozenset(asked_forms(word, SOURCE))


@cache
def _names() -> list[list[Phrase]]:
    lines = FILE.read_text("utf-8").splitlines()
    told = [line for line in lines if line and not line.startswith("#")]
    return [[_phrase(name) for name in line.split(",")] for line in told]


def _phrase(name: str) -> Phrase:
    """Its words without the empty ones."""
    words = (found[0] for found in words_of(name))
    return tuple(word for word in words if asked_forms(word, SOURCE))
