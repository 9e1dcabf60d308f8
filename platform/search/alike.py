"""Groups of alike texts, by the words they share: a proposal for people, bounded in memory.

Each text is a set of stems. Two are alike where they share so much of all their words (Jaccard).
Who is alike shares one of the rarest words (prefix filter: Bayardo, Ma, Srikant 2007), so texts
meet few others. A text joins the first group whose first text is like it: the same texts in the
same order give the same groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil

from obshto.platform.search.wordforms import forms, words_of

ALIKE = 0.4  # of all their words
MOST_WORDS = 60  # of one text: whoever writes more is told apart by these, too
TOLD = 4  # words that name a group


@dataclass(frozen=True, slots=True)
class AlikeGroup:
    """Places of texts in what came, in order, and the words that most of them have."""

    places: list[int]
    words: list[str]


def alike(texts: Iterable[str], *, language: str, most: int) -> list[AlikeGroup]:
    """Groups of two texts and more, of `most` at most; the largest first."""
    numbers: dict[str, int] = {}
    names: list[str] = []  # as somebody wrote the word
    sets = [_numbered(numbers, names, stems_of(text, language)) for text in texts]
    often = Counter(chain.from_iterable(sets))
    groups: list[list[int]] = []
    by_word: dict[int, list[int]] = {}
    for place, words in enumerate(sets):
        rarest = sorted(words, key=lambda word: (often[word], word))
        prefix = rarest[: len(words) - ceil(ALIKE * len(words)) + 1]
        found = _first_alike(words, prefix, by_word, groups, sets, most)
        if found is not None:
            groups[found].append(place)
            continue
        for word in prefix:
            by_word.setdefault(word, []).append(len(groups))
        groups.append([place])
    made = [AlikeGroup(group, _told(group, sets, names)) for group in groups if len(group) > 1]
    return sorted(made, key=lambda group: (-len(group.places), group.places))


def stems_of(text: str, language: str) -> dict[str, str]:
    """Its words by their stems, the first so many without empty ones; the whole if none is left."""
    found: dict[str, str] = {}
    for match in words_of(text):
        if kept := forms(match[0], language):
            found.setdefault(kept[-1], match[0].casefold())
        if len(found) == MOST_WORDS:
            break
    whole = " ".join(text.casefold().split())
    return found or {whole: whole}


def _numbered(
    numbers: dict[str, int], names: list[str], words: Mapping[str, str]
) -> frozenset[int]:
    for stem, written in words.items():
        if stem not in numbers:
            numbers[stem] = len(names)
            names.append(written)
    return frozenset(numbers[stem] for stem in words)


def _first_alike(
    words: frozenset[int],
    prefix: Sequence[int],
    by_word: dict[int, list[int]],
    groups: list[list[int]],
    sets: Sequence[frozenset[int]],
    most: int,
) -> int | None:
    met = {group for word in prefix for group in by_word.get(word, ())}
    for group in sorted(met):
        first = sets[groups[group][0]]
        shared = len(words & first)
        is_alike = shared >= ALIKE * (len(words) + len(first) - shared)
        if is_alike and len(groups[group]) < most:
            return group
    return None


def _told(group: Sequence[int], sets: Sequence[frozenset[int]], names: Sequence[str]) -> list[str]:
    often = Counter(chain.from_iterable(sets[place] for place in group))
    return [names[word] for word, _ in often.most_common(TOLD)]
