"""Official texts with their blanks filled in, word for word: what is printed and how.

A line holds `{answer}`, `{place.name}` of a settlement, `☐{answer:value}` for a box that is ticked
when the answer is that, `☐{answer}` for one that is ticked when there is any, `{mark:answer:value}`
for a choice that has no box in the template, and `{strike:answer|joint|a=A|b=B}`, of which the
words not chosen are struck out. What is not answered stays a row of dots, as on paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from obshto.modules.eservices.services.definitions import Question
from obshto.modules.eservices.services.places import place_in

BLANK = "…"
_blank = re.compile(
    r"☐\{(\w+)(?::([^}]+))?\}|\{mark:(\w+):([^}]+)\}|\{strike:([^}]+)\}|\{([\w.]+)\}"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, struck out or not."""

    text: str
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class Values:
    """What blanks are filled with: answers to questions, and what the house itself knows."""

    questions: Mapping[str, Question]
    answers: Mapping[str, str]
    known: Mapping[str, str]

    def raw(self, name: str) -> str:
        return self.known.get(name) or self.answers.get(name, "")

    def said(self, name: str) -> str:
        """As it is printed: a day as 04.05.2010 г., a choice by its words, a place by a part."""
        name, _, part = name.partition(".")
        value = self.raw(name)
        if part and (place := place_in(value)):
            return str(getattr(place, part))
        question = self.questions.get(name)
        if not value or not question:
            return value or BLANK
        if question.type == "date":
            return written(date.fromisoformat(value))
        return question.said(value)


def written(day: date) -> str:
    """A day as documents write it."""
    return f"{day:%d.%m.%Y} г."


def filled(lines: Sequence[str], values: Values) -> list[list[Piece]]:
    """Each line as its pieces. Lines of the template stand in its order, none is left out."""
    return [_line(line, values) for line in lines]


def plain(lines: Sequence[Sequence[Piece]]) -> list[str]:
    """The same for a test or a screen reader: what is struck out stands between tildes."""
    return ["".join(f"~{p.text}~" if p.is_struck else p.text for p in line) for line in lines]


def blanks_of(lines: Sequence[str]) -> set[str]:
    """The names that a text asks for, to see that a definition knows them all."""
    found = set()
    for match in _blank.finditer("\n".join(lines)):
        box, _, mark, _, strike, name = match.groups()
        found.add(box or mark or (strike or name).partition("|")[0].partition(".")[0])
    return found


def _line(line: str, values: Values) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for match in _blank.finditer(line):
        pieces.append(Piece(line[at : match.start()]))
        pieces += _blank_filled(match, values)
        at = match.end()
    return [piece for piece in [*pieces, Piece(line[at:])] if piece.text]


def _blank_filled(match: re.Match[str], values: Values) -> list[Piece]:
    box, wanted, mark, marked, strike, name = match.groups()
    if box:
        given = values.raw(box)
        return [Piece("☒" if given and wanted in (None, given) else "☐")]
    if mark:
        return [Piece("☒ " if values.raw(mark) == marked else "")]
    if strike:
        return _struck(strike, values)
    return [Piece(values.said(name))]


def _struck(told: str, values: Values) -> list[Piece]:
    name, joint, *choices = told.split("|")
    chosen = values.raw(name)
    pieces: list[Piece] = []
    for choice in choices:
        value, _, words = choice.partition("=")
        pieces += [Piece(joint)] if pieces else []
        pieces.append(Piece(words, is_struck=bool(chosen) and value != chosen))
    return pieces
