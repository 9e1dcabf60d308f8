"""Words that were mistyped: found by three letters in a row, proven by the number of slips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from obshto.platform.search.script import is_cyrillic, readings, skeleton
from obshto.platform.search.wordforms import STEM, forms, stem, words_of

GRAM = "~"
SHORTEST = 4  # letters of a word that may be a slip for another
LONG = 8  # from so many letters on two slips are forgiven
READ = 8  # spellings of a Latin word that are tried


def grams_of(text: str, language: str) -> set[str]:
    """Three letters in a row, of every word of a title."""
    return {
        gram
        for word in words_of(text)
        for root in _roots(word[0], language)
        for gram in _grams(f"^{root}$")
    }


def near(word: str) -> str | None:
    """A tsquery of the titles that may hold what the word is a slip for; None for a short one.

    One slip lies in one half of a word, so the other half is whole. Two neighbours that changed
    places may be the middle, so both halves without it are a third way.
    """
    ways = [way for root in _typed(word) for way in _halves(f"^{root}$")]
    return " | ".join(f"({' & '.join(way)})" for way in dict.fromkeys(ways)) or None


def best(word: str, titles: Iterable[tuple[str, str]]) -> str | None:
    """The word of these titles (text, language) with the fewest slips, the first of such."""
    typed, found, fewest = _typed(word), None, LONG
    words = ((match[0].lower(), language) for text, language in titles for match in words_of(text))
    for other, language in dict.fromkeys(words):
        slips = _fewest(typed, _roots(other, language), fewest)
        if slips < fewest:
            found, fewest = other, slips
    return found


def slips_between(one: str, other: str) -> int:
    """Letters added, lost, changed, or neighbours swapped (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, its in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _fewest(typed: Iterable[str], roots: Iterable[str], below: int) -> int:
    """Slips between the nearest two, when they are few enough; else `below`."""
    for own in typed:
        for root in roots:
            most = min(below - 1, 2 if min(len(own), len(root)) >= LONG else 1)
            if abs(len(own) - len(root)) <= most:
                slips = slips_between(own, root)
                below = slips if slips <= most else below
    return below


def _typed(word: str) -> list[str]:
    """The stems that a word of a question may be."""
    if len(word) < SHORTEST or word.isdigit():
        return []
    spelled = [word, *([] if is_cyrillic(word) else readings(word))][: READ + 1]
    stems = dict.fromkeys(stem(skeleton(spelling)) for spelling in spelled)
    return [root for root in stems if len(root) >= SHORTEST]


def _roots(word: str, language: str) -> set[str]:
    """The stems of a word of a title and of its lemma."""
    if len(word) < SHORTEST or word.isdigit():
        return set()
    spelled = (form for form in forms(word, language) if not form.startswith(STEM))
    return {root for root in map(stem, spelled) if len(root) >= SHORTEST}


def _grams(padded: str) -> Iterator[str]:
    return (f"'{GRAM}{padded[at : at + 3]}'" for at in range(len(padded) - 2))


def _halves(padded: str) -> Iterator[tuple[str, ...]]:
    middle = len(padded) // 2
    left, right = padded[:middle], padded[middle:]
    yield from filter(None, (tuple(_grams(left)), tuple(_grams(right))))
    if apart := (*_grams(left[:-1]), *_grams(right[1:])):
        yield apart
