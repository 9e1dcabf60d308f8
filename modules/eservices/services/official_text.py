"""Official texts with their blanks filled in, word for word: what is printed and how.

A line holds `{answer}`, `{answer?}` that leaves no dots where there is none, `{place.name}` of a
settlement, `{date.day}` of a date where the text says „г.“ itself, `☐{answer:value}` for a box that
is ticked when the answer is that, `☐{answer}` for one that is ticked when there is any,
`{mark:answer:value}` for a choice that has no box in the template, and
`{strike:answer|joint|a=A|b=B}`, of which the words not chosen are struck out. A line that begins
with `{each:rows}` stands once for each row and holds `{rows.cell}` and `{rows.no}`; `{rows.count}`
is how many there are. What is not answered stays a row of dots, as on paper. Texts of our own, not
of the law, may begin a line with `{if:answer:value,value}`: it is left out where the answer is
another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from obshto.platform.documents.sheets import Piece, written
from obshto.platform.questionnaires.places import place_in
from obshto.platform.questionnaires.questions import Question
from obshto.platform.questionnaires.values import Row, rows_in, several

BLANK = "…"
BOXES = "☐☒"
_blank = re.compile(
    r"☐\{(\w+)(?::([^}]+))?\}|\{mark:(\w+):([^}]+)\}|\{strike:([^}]+)\}|\{([\w.]+)(\??)\}"
)
_only_if = re.compile(r"\{if:(\w+):([^}]+)\}")
_stray = re.compile(r"\{[^{}\n]{0,80}\}?|\}")
_each = re.compile(r"\{each:(\w+)\}")


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
        if "." in name and name in self.known:  # a cell of this row
            return self.known[name] or BLANK
        name, _, part = name.partition(".")
        value = self.raw(name)
        if part and (place := place_in(value)):
            return str(getattr(place, part))
        question = self.questions.get(name)
        if not value or not question:
            return value or BLANK
        if part == "count":
            return str(len(rows_in(value)))
        if question.type == "date" and part == "day":  # where the text says „г.“ itself
            return f"{date.fromisoformat(value):%d.%m.%Y}"
        if question.type == "date":
            return written(date.fromisoformat(value))
        return question.said(value)


def filled(lines: Sequence[str], values: Values) -> list[list[Piece]]:
    """Each line as its pieces. Lines that the law fixed stand in their order, none is left out."""
    printed: list[list[Piece]] = []
    for line in _standing(lines, values):
        each = _each.match(line)
        rows = _by_row(each[1], values) if each else [values]
        printed += [_line(line[each.end() :] if each else line, row) for row in rows]
    return [line for line in printed if line]


def plain(lines: Sequence[Sequence[Piece]]) -> list[str]:
    """The same for a test or a screen reader: what is struck out stands between tildes."""
    return ["".join(f"~{p.text}~" if p.is_struck else p.text for p in line) for line in lines]


def blanks_of(lines: Sequence[str]) -> set[str]:
    """The names that a text asks for, to see that a definition knows them all."""
    found: set[str] = set()
    text = "\n".join(lines)
    found |= {match[1] for mark in (_only_if, _each) for match in mark.finditer(text)}
    for match in _blank.finditer(text):
        box, _, mark, _, strike, name, _ = match.groups()
        found.add(box or mark or (strike or name).partition("|")[0].partition(".")[0])
    return found


def strays_in(lines: Sequence[str]) -> set[str]:
    """What stands between braces and is no blank: it would be printed as it is."""
    rest = "\n".join(lines)
    for mark in (_only_if, _each, _blank):
        rest = mark.sub("", rest)
    return {words.strip("{} ") or words for words in _stray.findall(rest)}


def _line(line: str, values: Values) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for match in _blank.finditer(line):
        before, put_in = line[at : match.start()], _blank_filled(match, values)
        if match[7] and not put_in[0].text and line[match.end() : match.end() + 1] != "{":
            before = before.rstrip(" ")
        pieces += [Piece(before), *put_in]
        at = match.end()
    return [piece for piece in [*pieces, Piece(line[at:])] if piece.text]


def _blank_filled(match: re.Match[str], values: Values) -> list[Piece]:
    box, wanted, mark, marked, strike, name, is_optional = match.groups()
    if box:
        given = several(values.raw(box))
        return [Piece("☒" if given and (wanted is None or wanted in given) else "☐")]
    if mark:
        return [Piece("☒ " if values.raw(mark) == marked else "")]
    if strike:
        return _struck(strike, values)
    said = values.said(name)
    return [Piece("" if is_optional and said == BLANK else said)]


def _standing(lines: Sequence[str], values: Values) -> Iterator[str]:
    """The lines that stand for these answers; all of them on a blank paper."""
    for line in lines:
        condition = _only_if.match(line)
        if condition is None:
            yield line
            continue
        given = several(values.raw(condition[1]))
        if not given or set(given) & set(condition[2].split(",")):
            yield line[condition.end() :]


def _by_row(name: str, values: Values) -> list[Values]:
    """The values of each row; of one without an answer where there is no row."""
    question = values.questions.get(name)
    rows = rows_in(values.raw(name)) if question else []
    return [
        replace(values, known={**values.known, **_cells(name, question, row, at)})
        for at, row in enumerate(rows, start=1)
        if question
    ] or [values]


def _cells(name: str, question: Question, row: Row, at: int) -> dict[str, str]:
    cells = {f"{name}.{column}": said for column, said in question.cells_said(row).items()}
    return {**cells, f"{name}.no": str(at)}


def _struck(told: str, values: Values) -> list[Piece]:
    name, joint, *choices = told.split("|")
    chosen = values.raw(name)
    pieces: list[Piece] = []
    for choice in choices:
        value, _, words = choice.partition("=")
        pieces += [Piece(joint)] if pieces else []
        pieces.append(Piece(words, is_struck=bool(chosen) and value != chosen))
    return pieces
