"""Articles of law in what a person reads: left out there, told apart as the ground of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

# „чл. 3, ал. 2“, „чл. 14 от ЗМДТ“, „ЗУТ чл. 56, ал. 2“.
_LAW = "[А-Я]{2,}[а-я]*"
_ARTICLE = (
    rf"(?:{_LAW} )?чл\. ?\d+[а-я]?(?:, ?ал\. ?\d+(?:[-–]\d+| и \d+)?)?(?:, ?т\. ?\d+)?"
    rf"(?: от {_LAW})?"
)
_IN_BRACKETS = re.compile(r"\s*\([^()]*(?:чл\.|РД-\d)[^()]*\)")
_BY = re.compile(rf"\s+по {_ARTICLE}")


def in_words(text: str) -> str:
    """The text without its articles, in brackets or after „по“."""
    return _BY.sub("", _IN_BRACKETS.sub("", text))


def grounds_in(texts: Iterable[str]) -> list[str]:
    """Those that name an article, as the law has them."""
    return [text for text in texts if in_words(text) != text]
