"""Table that an official brings: names and types of its columns guessed, each problem by row.

Pure: it sees cells of text as `platform.storage.tables` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.modules.opendata.errors import NoHead
from obshto.platform.datasets.declarations import Cell, ColumnType
from obshto.platform.errors import InvalidValue
from obshto.platform.identifiers import checked_egn
from obshto.platform.search.script import skeleton

MOST_ROWS = 5_000
MOST_SHOWN = 100  # problems that are kept
MIXED, MOST_MIXED = 0.5, 3  # of a type, so many of the others told; the column is text
NEARLY = 0.9  # of the cells of a type: the others are told as a problem
OLDEST = 1901  # a date before is what a spreadsheet makes of an empty cell
PROBLEMS: Mapping[str, LazyString] = {
    "egn": _("Прилича на ЕГН. С него наборът не се публикува."),
    "email": _("Имейл: ако е на човек, махнете го"),
    "integer": _("Другите в колоната са цели числа, това не е"),
    "number": _("Другите в колоната са числа, това не е"),
    "date": _("Другите в колоната са дати, това не е"),
    "mixed": _("Повечето в колоната са числа или дати, това не е: цялата става текст"),
    "old": _("Дата преди 1901 година: вероятно е грешка на таблицата"),
    "empty": _("Празна клетка: слети клетки се броят само веднъж"),
    "wide": _("Редът има повече клетки от заглавния"),
    "place": _("Няма такова населено място в общината: на картата редът не се вижда"),
    "far": _("Точката е извън България: проверете дали ширината и дължината не са разменени"),
}
BLOCKING = ("egn",)
_WORDS = {
    "latitude": ("latitude", "lat", "ширина", "географска ширина"),
    "longitude": ("longitude", "lon", "lng", "дължина", "географска дължина"),
}
_PLACES = ("населено място", "село", "град", "село или град", "град или село")
AROUND = ((41.2, 44.3), (22.3, 28.7))  # degrees within which Bulgaria lies: latitude, longitude
_kind = re.compile(r"^(?:(?:с|гр)\.\s*|(?:село|град)\s+)").sub
_egn = re.compile(r"(?<!\d)\d{10}(?!\d)").findall
_email = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+").search
_integer = re.compile(r"-?(0|[1-9]\d{0,14})", re.ASCII).fullmatch
_YES, _NO = ("да", "yes", "true"), ("не", "no", "false")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProblem:
    """One thing about a cell; `row` counts as the spreadsheet does."""

    row: int
    column: str
    code: str
    value: str

    def as_json(self) -> dict[str, Any]:
        """As the database keeps it."""
        return {"row": self.row, "column": self.column, "code": self.code, "value": self.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTable:
    """What was understood of a file."""

    columns: Sequence[Mapping[str, Any]]
    rows: Sequence[Sequence[Cell]]
    problems: Sequence[CellProblem]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column["name"] for column in self.columns)


def tells_place(title: str) -> bool:
    """Whether a column of this title names settlements, by name or by EKATTE code."""
    return title.casefold() in _PLACES or "екатте" in title.casefold()


def place_key(told: str) -> str:
    """A settlement as it is compared: „с. Старопатица“ and „Старопатица“ are one; a code whose
    zeros a spreadsheet took has them again.
    """
    name = " ".join(told.casefold().split())
    return name.zfill(5) if name.isdecimal() else _kind("", name)


def read_table(
    rows: Sequence[Sequence[str]], *, today: date, places: frozenset[str] = frozenset()
) -> ReadTable:
    """Columns by the first row, cells by the type that most of a column have. Raises NoHead.

    `places` are keys of the settlements that a row may name; without them any name is taken.
    """
    head = [" ".join(cell.split()) for cell in rows[0]] if rows else []
    while head and not head[-1]:
        head.pop()
    if not all(head) or len({title.casefold() for title in head}) < len(head) or len(rows) < 2:
        raise NoHead
    body = [(number, list(row)) for number, row in enumerate(rows[1:], 2) if any(row)]
    names, columns, problems = _names(head), [], _wide(body, len(head))
    cells: list[Sequence[Cell]] = []
    for at, title in enumerate(head):
        texts = [(number, row[at] if at < len(row) else "") for number, row in body]
        kind, found = _type_of(texts)
        is_place = "екатте" in title.casefold()
        column = {"name": names[at], "title": title, "type": kind.value, "is_place": is_place}
        columns.append(column)
        problems += [_problem(number, title, code, text) for number, code, text in found]
        problems += _of_people(texts, title, today)
        problems += _of_place(texts, title, names[at], places)
        cells.append([_READ[kind](text) if text else None for _, text in texts])
    problems.sort(key=lambda one: (one.code not in BLOCKING, one.row))
    made = list(zip(*cells, strict=True))
    return ReadTable(columns=columns, rows=made, problems=problems[:MOST_SHOWN])


def _names(head: Sequence[str]) -> list[str]:
    """Names for programs, in Latin letters, each once."""
    names: list[str] = []
    for title in head:
        known = (name for name, words in _WORDS.items() if title.casefold() in words)
        latin = "_".join(filter(None, (skeleton(word) for word in re.split(r"\W+", title))))
        name = next(known, latin[:40].strip("_") or "column")
        name = name if name[0].isalpha() else f"c_{name}"
        while name in names:
            name += "_2"
        names.append(name)
    return names


def _type_of(texts: Sequence[tuple[int, str]]) -> tuple[ColumnType, list[tuple[int, str, str]]]:
    """The type that all cells have. Where nearly all have it, it is text, and who differs is told.

    Where some have none, the empty ones are told too.
    """
    full = [(number, text) for number, text in texts if text]
    mixed: list[tuple[int, str, str]] = []
    for kind in (ColumnType.BOOLEAN, ColumnType.INTEGER, ColumnType.NUMBER, ColumnType.DATE):
        unlike = [(number, kind.value, text) for number, text in full if not _is(kind, text)]
        if full and not unlike:
            return kind, [*_old(kind, full), *_empty(texts, full)]
        if kind is not ColumnType.BOOLEAN and full and len(unlike) <= (1 - NEARLY) * len(full):
            return ColumnType.STRING, unlike
        if kind is not ColumnType.BOOLEAN and not mixed and len(unlike) <= MIXED * len(full):
            mixed = [(number, "mixed", text) for number, _code, text in unlike[:MOST_MIXED]]
    return ColumnType.STRING, mixed


def _old(kind: ColumnType, full: Sequence[tuple[int, str]]) -> Iterator[tuple[int, str, str]]:
    for number, text in full if kind is ColumnType.DATE else ():
        day = _day(text)
        if day and day.year < OLDEST:
            yield number, "old", text


def _empty(
    texts: Sequence[tuple[int, str]], full: Sequence[tuple[int, str]]
) -> list[tuple[int, str, str]]:
    few = len(texts) - len(full) <= (1 - NEARLY) * len(texts)
    return [(number, "empty", "") for number, text in texts if not text] if few else []


def _of_people(texts: Sequence[tuple[int, str]], title: str, today: date) -> list[CellProblem]:
    found = []
    for number, text in texts:
        if any(_is_egn(digits, today) for digits in _egn(text)):
            found.append(_problem(number, title, "egn", "…"))  # it stands nowhere else of ours
        elif _email(text):
            found.append(_problem(number, title, "email", text))
    return found


def _of_place(
    texts: Sequence[tuple[int, str]], title: str, name: str, places: frozenset[str]
) -> Iterator[CellProblem]:
    if places and tells_place(title):
        for number, text in texts:
            if text and place_key(text) not in places:
                yield _problem(number, title, "place", text)
    if name in _WORDS:
        low, high = AROUND[list(_WORDS).index(name)]
        for number, text in texts:
            degrees = _number(text)
            if degrees is not None and not low <= degrees <= high:
                yield _problem(number, title, "far", text)


def _is_egn(digits: str, today: date) -> bool:
    try:
        checked_egn(digits, today=today)
    except InvalidValue:
        return False
    return True


def _wide(body: Sequence[tuple[int, Sequence[str]]], width: int) -> list[CellProblem]:
    return [
        _problem(number, "", "wide", next(filter(None, row[width:])))
        for number, row in body
        if any(row[width:])
    ]


def _problem(row: int, column: str, code: str, value: str) -> CellProblem:
    return CellProblem(row=row, column=column, code=code, value=value[:80])


def _is(kind: ColumnType, text: str) -> bool:
    return _READ[kind](text) is not None


def _flag(text: str) -> bool | None:
    word = text.casefold()
    return True if word in _YES else False if word in _NO else None


def _whole(text: str) -> int | None:
    """A number that begins with a zero is a code; one of ten digits and more is no number."""
    return int(text) if _integer(text) and len(text) < 10 else None


def _number(text: str) -> float | None:
    """„1 234,50“ and „1234.5“, also with the sign of a currency behind."""
    plain = re.sub(r"[\s\u00a0\u202f]|лв\.?$|€$|EUR$|BGN$", "", text).replace(",", ".")
    if not re.fullmatch(r"-?(0|[1-9]\d{0,14})(\.\d+)?", plain, re.ASCII):
        return None
    return float(plain) if len(plain.lstrip("-").partition(".")[0]) < 10 else None


def _day(text: str) -> date | None:
    for form in ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%Y г.", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


def _iso(text: str) -> str | None:
    day = _day(text)
    return day.isoformat() if day else None


_READ: Mapping[ColumnType, Callable[[str], Cell]] = {
    ColumnType.BOOLEAN: _flag,
    ColumnType.INTEGER: _whole,
    ColumnType.NUMBER: _number,
    ColumnType.DATE: _iso,
    ColumnType.STRING: lambda text: text,
}
