"""The forms under which a word is kept and asked for: as written, its lemma, its stem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from simplemma import is_known, lemmatize

from obshto.platform.search.script import is_cyrillic, readings, skeleton
from obshto.platform.web.language import SOURCE

WORD = re.compile(r"[^\W_]+")
# Read by everybody, searched by nobody.
EMPTY = {
    language: frozenset(words)
    for line in (Path(__file__).parent / "data" / "empty_words.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
    for language, *words in [line.split()]
}
# Where the dictionary's first thought is not a municipality's: fees come before taxis, metres
# before the underground.
_LEMMAS = {
    **{"такси": "такса", "таксите": "такса", "метра": "метър", "метри": "метър"},
    **{"хора": "човек", "хората": "човек"},
}
# Articles and endings of nouns and adjectives, as the skeleton spells them, the longest first.
_ENDINGS = (
    *("ovete", "evete", "iata", "ieto", "iete", "iite", "ata", "eto", "oto", "ite", "ete", "ove"),
    *("eve", "iat", "ia", "ie", "ii", "ta", "to", "te", "at", "a", "e", "i", "o", "u"),
)
_FLEETING = re.compile(r"(?<=[^aeiou])(?:e(n|ts)|a(r))$")
_SOFTENED = re.compile(r"ts$")
ROOT = 5  # letters that are left of a stem at least
SHORT_ROOT = 3  # the same of a word that the dictionary does not know
STEM = "="  # a stem never meets a word: „водещ“ is no „вода“
READ = 64  # spellings of one Latin word that are asked for at most


def words_of(text: str) -> Iterator[re.Match[str]]:
    """Words and numbers where they stand, the empty ones too."""
    return WORD.finditer(text)


@lru_cache(maxsize=1 << 16)
def forms(word: str, language: str) -> tuple[str, ...]:
    """How a word of a text is kept, best first; nothing for an empty one."""
    plain = word.casefold()
    language = SOURCE if is_cyrillic(plain) else language
    if plain in EMPTY.get(language, ()):
        return ()
    written = skeleton(plain)
    root = ROOT if is_known(plain, lang=language) else SHORT_ROOT
    lemmas = (skeleton(lemma) for lemma in _lemmas(plain, language))
    found = (written, *lemmas, STEM + stem(written, root))
    return tuple(dict.fromkeys(form for form in found if form not in ("", STEM)))


@lru_cache(maxsize=1 << 12)
def asked_forms(word: str, language: str) -> tuple[str, ...]:
    """The forms that would answer a word of a question.

    Latin letters are read as the language of the page and as Bulgarian: readings that the
    dictionary knows count with their lemmas, the others as they are spelled.
    """
    found = dict.fromkeys(forms(word, language))
    if found and not is_cyrillic(word):
        read = list(readings(word))
        if read and read[0] in EMPTY[SOURCE]:
            return ()
        known = [reading for reading in read if is_known(reading, lang=SOURCE)]
        for reading in known or read[:READ]:
            found |= dict.fromkeys(forms(reading, SOURCE))
    return tuple(found)


def stem(spelled: str, shortest: int = ROOT) -> str:
    """A skeleton without its ending, and without the vowel that comes and goes before one.

    So „гробищен“ meets „гробищни“, „център“ meets „центрове“, „наследник“ meets „наследници“.
    """
    longest = len(spelled) - shortest
    ending = next((e for e in _ENDINGS if spelled.endswith(e) and len(e) <= longest), "")
    root = spelled.removesuffix(ending)
    if len(root) > ROOT:
        root = _FLEETING.sub(r"\1\2", root)
    return _SOFTENED.sub("k", root)


def _lemmas(word: str, language: str) -> Iterator[str]:
    """What the dictionary says; of a plural also the noun that it takes for another word."""
    yield _LEMMAS.get(word) or str(lemmatize(word, lang=language))
    plural = word.removesuffix("те")
    if language == SOURCE and plural.endswith("и"):
        for noun in (f"{plural[:-1]}а", f"{plural[:-1]}я"):
            if is_known(noun, lang=SOURCE) and lemmatize(noun, lang=SOURCE) == noun:
                yield noun
