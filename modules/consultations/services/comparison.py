"""Comparison of two texts by paragraphs: which came from which, and word by word what is new.

Pure, and bounded in time: rare words find who may have come from whom, and long paragraphs are told
as wholes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

ALIKE = 0.3  # of the words of both: changed from it
INSIDE = 0.6  # of its words: merged into it, split from it
COMMON = 50  # paragraphs that a word may stand in and still say whence one came
MOST_PAIRS = 1_000_000  # of words that are compared with each other

KEPT, DELETED, INSERTED = "", "del", "ins"
Numbered = Sequence[tuple[int, str]]
Piece = tuple[str, str]


def origins_of(before: Numbered, after: Sequence[str]) -> list[list[int]]:
    """For each new paragraph the numbers that it had: none is new, several were merged."""
    found = _unaltered(before, after)
    used = {number for origins in found for number in origins}
    words = {number: _words(text) for number, text in before}
    places: dict[str, list[int]] = {}
    for number, own in words.items():
        for word in own:
            places.setdefault(word, []).append(number)
    for is_split in (False, True):
        for at, text in enumerate(after):
            if not found[at]:
                own = _words(text)
                shared = Counter(
                    number
                    for word in own
                    if len(places.get(word, ())) <= COMMON
                    for number in places.get(word, ())
                    if is_split or number not in used
                )
                choose = _split_from if is_split else _changed_from
                found[at] = choose(own, shared, words)
                used.update(found[at])
    return found


def moved_among(numbers: Sequence[int], before: Sequence[int]) -> set[int]:
    """Those that stand elsewhere: as few as explain the new order."""
    place = {number: at for at, number in enumerate(before)}
    kept = [number for number in numbers if number in place]
    ends: list[int] = []
    lasts: list[int] = []
    previous: dict[int, int | None] = {}
    for number in kept:
        at = bisect_left(ends, place[number])
        previous[number] = lasts[at - 1] if at else None
        ends[at : at + 1] = [place[number]]
        lasts[at : at + 1] = [number]
    stays: set[int] = set()
    last = lasts[-1] if lasts else None
    while last is not None:
        stays.add(last)
        last = previous[last]
    return set(kept) - stays


def differences(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """The old text with what is gone marked, the new one with what is new."""
    old, new = (re.findall(r"(?:\w+|[^\w\s]+|\s+)\s*", text) for text in (before, after))
    if len(old) * len(new) > MOST_PAIRS:
        return [(DELETED, before)], [(INSERTED, after)]
    was: list[Piece] = []
    became: list[Piece] = []
    left, right = ([word.strip() for word in words] for words in (old, new))
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if a < b:
            was.append((KEPT if tag == "equal" else DELETED, "".join(old[a:b])))
        if c < d:
            became.append((KEPT if tag == "equal" else INSERTED, "".join(new[c:d])))
    return was, became


def _unaltered(before: Numbered, after: Sequence[str]) -> list[list[int]]:
    there: dict[str, list[int]] = {}
    for number, text in before:
        there.setdefault(text, []).append(number)
    left: dict[str, Iterator[int]] = {text: iter(numbers) for text, numbers in there.items()}
    return [[number] if (number := next(left.get(text, iter(())), 0)) else [] for text in after]


def _changed_from(
    own: frozenset[str], shared: Counter[int], words: Mapping[int, frozenset[str]]
) -> list[int]:
    """One that it is like, or all that lie in it."""
    inside = [n for n in shared if len(own & words[n]) >= INSIDE * len(words[n])]
    if len(inside) > 1:
        return sorted(inside)
    best = max(sorted(shared), key=lambda n: _likeness(own, words[n]), default=0)
    return [best] if best and _likeness(own, words[best]) >= ALIKE else inside


def _split_from(
    own: frozenset[str], shared: Counter[int], words: Mapping[int, frozenset[str]]
) -> list[int]:
    best = max(sorted(shared), key=lambda n: len(own & words[n]), default=0)
    return [best] if best and len(own & words[best]) >= INSIDE * len(own) else []


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return shared / ((len(one) + len(other) - shared) or 1)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))
