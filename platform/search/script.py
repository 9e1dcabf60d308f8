"""One spelling for a word however it is typed: in Cyrillic, by the law's Latin or by habit's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import combinations

# Bulgarian Transliteration Act (State Gazette 19/2009), with й as i, and я, ю as ia, iu.
_OFFICIAL = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sht", "ъ": "a",
    "ь": "i", "ю": "iu", "я": "ia", "ы": "i", "э": "e",
}  # fmt: skip
_TO_LATIN = str.maketrans(_OFFICIAL | {"y": "i", "đ": "d", "ł": "l", "ß": "ss", "ı": "i"})
_CYRILLIC = re.compile(r"[а-яѐ-џ]")
_TWICE = re.compile(r"([a-z])\1+")

# What a Latin spelling may stand for, the likeliest first. Longer spellings are read first.
_READ = {
    "sht": "щ", "6t": "щ", "sh": "ш сх", "6": "ш", "ch": "ч", "4": "ч", "zh": "ж зх", "kh": "х",
    "ts": "ц тс", "tz": "ц", "c": "ц к", "ya": "я", "ia": "я ия", "iya": "ия", "iq": "ия",
    "ja": "я жа жъ", "q": "я", "yu": "ю", "iu": "ю", "ju": "ю жу жъ", "io": "ьо йо ио",
    "yo": "ьо йо", "jo": "жо ьо йо", "a": "а ъ", "b": "б", "v": "в ж", "w": "в", "g": "г", "d": "д",
    "e": "е", "j": "ж й", "z": "з", "i": "и й", "y": "й ъ и", "k": "к", "l": "л", "m": "м",
    "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у ъ", "f": "ф", "h": "х",
    "x": "х кс",
}  # fmt: skip
_SPELLING = re.compile("|".join(sorted(_READ, key=len, reverse=True)))
_LETTERS = frozenset("".join(_READ))
CHANGES = 2  # letters of one word that are read in another than the likeliest way
LONGEST = 64  # letters of a word that are kept
READABLE = 24  # a longer word is no word of a language: it is read in the likeliest way alone


def skeleton(word: str) -> str:
    """The word in small Latin letters and digits, without accents, no letter twice in a row."""
    cyrillic = unicodedata.normalize("NFC", word[:LONGEST].casefold())
    latin = unicodedata.normalize("NFKD", cyrillic.translate(_TO_LATIN)).casefold()
    plain = "".join(letter for letter in latin.translate(_TO_LATIN) if letter.isalnum())
    return _TWICE.sub(r"\1", plain)


def is_cyrillic(word: str) -> bool:
    return _CYRILLIC.search(word.casefold()) is not None


def readings(word: str) -> Iterator[str]:
    """The Cyrillic words that Latin letters may stand for, likeliest first; none for a number."""
    plain = word[:LONGEST].casefold()
    if plain.isdigit() or not _LETTERS.issuperset(plain):
        return
    choices = [_READ[spelling].split() for spelling in _SPELLING.findall(plain)]
    open_places = [place for place, choice in enumerate(choices) if len(choice) > 1]
    deepest = CHANGES if len(plain) <= READABLE else 0
    for changes in range(deepest + 1):
        for places in combinations(open_places, changes):
            yield from _read(choices, places)


def _read(choices: list[list[str]], places: tuple[int, ...]) -> Iterator[str]:
    """Every reading that leaves the likeliest at exactly these places."""
    found = [""]
    for place, choice in enumerate(choices):
        letters = choice[1:] if place in places else choice[:1]
        found = [begun + letter for begun in found for letter in letters]
    yield from found
