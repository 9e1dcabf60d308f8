"""The words that were found, marked in the title and in a piece of the text."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from obshto.platform.search.query_parser import ParsedQuery
from obshto.platform.search.wordforms import words_of

BEFORE = 60  # characters of a text that stand before the first word found
WIDTH = 200  # characters of it in all
READ = 5_000  # characters of a text in which the first word is looked for
_END = re.compile(r"\W+\w*$")


def marked(text: str, question: ParsedQuery, language: str) -> Markup:
    """The text, escaped, with every word asked for in a <mark>."""
    pieces, at = [], 0
    for word in words_of(text):
        if question.says(word[0], language):
            pieces += [escape(text[at : word.start()]), Markup("<mark>%s</mark>") % word[0]]
            at = word.end()
    return Markup("").join([*pieces, escape(text[at:])])


def snippet(text: str, question: ParsedQuery, language: str) -> Markup:
    """What stands around the first word asked for; the beginning where there is none."""
    found = (word for word in words_of(text[:READ]) if question.says(word[0], language))
    first = next(found, None)
    begin = _word_before(text, first.start() - BEFORE) if first else 0
    piece = text[begin : begin + WIDTH]
    is_cut = begin + WIDTH < len(text)
    piece = _END.sub("", piece) if is_cut else piece
    return Markup("{}{}{}").format(
        "… " if begin else "", marked(piece, question, language), " …" if is_cut else ""
    )


def _word_before(text: str, place: int) -> int:
    """The beginning of the word that stands there."""
    return text.rfind(" ", 0, place) + 1 if place > 0 else 0
