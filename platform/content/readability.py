"""Readability score of a Bulgarian text: LIX, turned into points, less what the wording costs.

LIX (C. H. Björnsson, „Läsbarhet“, Liber, Stockholm 1968) is taken as published: words per sentence
plus the percentage of words of more than six letters. It counts no syllables and was not fitted to
one language, so that it can be computed for Bulgarian without a dictionary.

Ours, and measured on nothing but thirty notices that we wrote and ranked ourselves: which LIX is
worth 100 points and which none, what a phrase of the office and a passive cost, what counts as
plain. The number compares two texts about one thing; it says nothing of whether they are true.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from obshto.platform.content.hints import Hint, hints_of, sentences_of
from obshto.platform.content.style_rules import officialese, passives

LONG_WORD: Final = 6  # letters; a longer word counts as long (Björnsson)
EASIEST, HARDEST = 20, 110  # LIX of 100 points and of none
COST: Final = 1  # points for each phrase of the office or passive among a hundred words
MOST_COST: Final = 20  # points
FEWEST: Final = 20  # words; fewer say nothing about a text
PLAIN, FAIR = 70, 45  # points from which a text is called so
MOST_SENTENCES: Final = 3  # of a summary
_word = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_row = re.compile(r"^\s*\|.*$", re.M)
_letters, _cyrillic = re.compile(r"[^\W\d_]"), re.compile(r"[А-Яа-я]")


class Grade(StrEnum):
    """How a text reads, in one word."""

    PLAIN = "plain"
    FAIR = "fair"
    HARD = "hard"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`score` is 0 to 100, higher is plainer, None for what is too short to be judged."""

    score: int | None
    words: int
    sentences: int
    hints: tuple[Hint, ...]

    @property
    def grade(self) -> Grade | None:
        if self.score is None:
            return None
        return (
            Grade.PLAIN if self.score >= PLAIN else Grade.FAIR if self.score >= FAIR else Grade.HARD
        )


def read_text(markdown: str, *, summary: str | None = None) -> Reading:
    """Score and hints of a Bulgarian text; `summary` is the field beside it, None where none is.

    A summary of more than three sentences, or an empty one, is the first hint.
    """
    sentences = [one for one in sentences_of(_row.sub("", markdown)) if _word.search(one)]
    words = [word for sentence in sentences for word in _word.findall(sentence)]
    asked = _of_summary(summary) if summary is not None else ()
    return Reading(
        score=_score(sentences, words) if len(words) >= FEWEST else None,
        words=len(words),
        sentences=len(sentences),
        hints=(*asked, *hints_of(markdown)),
    )


def reading_of(markdown: str | None, summary: str | None = None) -> Reading | None:
    """For pages: the reading of what stands in a box, None where that is no Bulgarian text."""
    return read_text(markdown, summary=summary) if markdown and is_bulgarian(markdown) else None


def is_bulgarian(text: str) -> bool:
    """Whether most letters are Cyrillic: nothing here can judge another text."""
    return 2 * len(_cyrillic.findall(text)) > len(_letters.findall(text))


def lix(sentences: int, words: list[str]) -> float:
    """Words per sentence plus long words in a hundred (Björnsson 1968); `words` is not empty."""
    long = sum(len(word) > LONG_WORD for word in words)
    return len(words) / max(sentences, 1) + 100 * long / len(words)


def _score(sentences: list[str], words: list[str]) -> int:
    found = sum(
        sum(1 for _ in officialese(sentence)) + sum(1 for _ in passives(sentence))
        for sentence in sentences
    )
    cost = min(MOST_COST, COST * 100 * found / len(words))
    points = 100 * (HARDEST - lix(len(sentences), words)) / (HARDEST - EASIEST)
    return round(min(100, max(0, min(100, points) - cost)))


def _of_summary(summary: str) -> tuple[Hint, ...]:
    sentences = sentences_of(summary)
    if not sentences:
        return (Hint("no-summary", ""),)
    return (Hint("summary", ""),) if len(sentences) > MOST_SENTENCES else ()
