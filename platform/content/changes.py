"""What was changed in a text, word by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
# What is too long to compare is shown as replaced whole: comparing takes the square of the words,
# and the cube where one word stands everywhere.
MOST_WORDS, MOST_PAIRS = 1_500, 20_000
_words = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of the text: `kind` says whether it stayed, is gone or is new."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Change]:
    """The pieces of both texts in the order in which they are read. The rest is untouched.

    Lines are compared first, words only inside lines that differ; how a line ends is no change.
    """
    old, new = (text.replace("\r\n", "\n").splitlines(keepends=True) for text in (before, after))
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    pieces = [Change(SAME, "".join(old[:head]))]
    for kind, gone, fresh in _steps(old[head : len(old) - tail], new[head : len(new) - tail]):
        pieces += [Change(SAME, gone)] if kind == "equal" else _by_words(gone, fresh)
    pieces.append(Change(SAME, "".join(old[len(old) - tail :])))
    return _joined(piece for piece in pieces if piece.text)


def _alike(before: list[str], after: list[str]) -> int:
    """With how many of the same both begin: mostly all is the same but a line in the middle."""
    pairs = enumerate(zip(before, after, strict=False))
    least = min(len(before), len(after))
    return next((number for number, (old, new) in pairs if old != new), least)


def _by_words(gone: str, new: str) -> list[Change]:
    found: list[Change] = []
    for kind, old, fresh in _steps(_words.findall(gone), _words.findall(new)):
        same = kind == "equal"
        found += [Change(SAME, old)] if same else [Change(GONE, old), Change(NEW, fresh)]
    return found


def _steps(before: list[str], after: list[str]) -> Iterator[tuple[str, str, str]]:
    times = Counter(before)
    pairs = sum(times[piece] for piece in after)
    if max(len(before), len(after)) > MOST_WORDS or pairs > MOST_PAIRS:
        yield "replace", "".join(before), "".join(after)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, at, to, start, end in matcher.get_opcodes():
        yield kind, "".join(before[at:to]), "".join(after[start:end])


def _joined(pieces: Iterator[Change]) -> list[Change]:
    joined: list[Change] = []
    for piece in pieces:
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Change(piece.kind, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined
