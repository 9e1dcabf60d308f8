"""What was changed in a text, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
MOST_WORDS = 1_500  # comparing takes the square of it; a longer passage is shown as replaced whole
_words = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Change:
    """A piece of the text: `kind` says whether it stayed, is gone or is new."""

    kind: str
    text: str


def changes(before: str, after: str) -> list[Change]:
    """The pieces of both texts in the order in which they are read. The rest is untouched.

    Lines are compared first, words only inside lines that differ.
    """
    pieces: list[Change] = []
    lines = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for kind, gone, new in _steps(*lines):
        if kind == "equal":
            pieces.append(Change(SAME, gone))
        else:
            pieces += _by_words(gone, new)
    return _joined(piece for piece in pieces if piece.text)


def _by_words(gone: str, new: str) -> list[Change]:
    words = _words.findall(gone), _words.findall(new)
    if max(map(len, words)) > MOST_WORDS:
        return [Change(GONE, gone), Change(NEW, new)]
    found: list[Change] = []
    for kind, old, fresh in _steps(*words):
        same = kind == "equal"
        found += [Change(SAME, old)] if same else [Change(GONE, old), Change(NEW, fresh)]
    return found


def _steps(before: list[str], after: list[str]) -> Iterator[tuple[str, str, str]]:
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
