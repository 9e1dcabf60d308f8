"""A table of the tax program, read into rows of words: CSV or XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from obshto.modules.payments.errors import (
    EmptyFile,
    NoColumns,
    TooLarge,
    TooManyInSheet,
    TooManyRows,
    Unreadable,
)
from obshto.platform.storage.errors import FileRefused, FilesBusy, OldLetters, SwellsUp
from obshto.platform.storage.kinds import CSV, TXT, XLSX, kind_of
from obshto.platform.storage.tables import workbook

MOST_ROWS = 60_000  # a municipality of 48,000 people
MOST_IN_SHEET = 20_000
MOST_BYTES = 12 * 1024 * 1024
# The columns by their names in the first line; capitals and blanks do not matter.
COLUMNS = {
    "number": "ЕГН или ЕИК",
    "name": "Име",
    "kind": "Код за вид плащане",
    "thing": "Партида",
    "year": "Година",
    "instalment": "Вноска",
    "cents": "Сума",
    "due_on": "Платете до",
}
_MAY_LACK = {"thing", "instalment", "due_on"}
_NUMBERS = (COLUMNS["number"].casefold(), "егн/еик", "егн", "еик", "егн/лнч/еик")
OLD = "windows-1251"  # what older programs write Bulgarian in
Cell = int | float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the file as it stands there, `line` counted as the reader's program counts.

    `quantities` are the columns that were numbers and not words.
    """

    line: int
    cells: dict[str, str]
    quantities: frozenset[str] = frozenset()


def read_rows(file: BinaryIO, name: str) -> list[Row]:
    """Every line that is not empty.

    Raises Unreadable, EmptyFile, NoColumns, TooManyRows, TooManyInSheet, TooLarge.
    """
    if len(file.read(MOST_BYTES + 1)) > MOST_BYTES:
        raise TooLarge(n=MOST_BYTES // 1024 // 1024)
    lines = list(_lines(file, name))
    if not lines:
        raise EmptyFile
    places = _places(lines[0][1])
    rows = [_row(number, cells, places) for number, cells in lines[1:]]
    found = [row for row in rows if any(row.cells.values())]
    if not found:
        raise EmptyFile
    if len(found) > MOST_ROWS:
        raise TooManyRows(n=MOST_ROWS)
    return found


def _lines(file: BinaryIO, name: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    encoding = "utf-8-sig"
    try:
        kind = kind_of(file, name)
    except OldLetters:
        kind, encoding = CSV, OLD
    except FileRefused:
        raise Unreadable from None
    file.seek(0)
    if kind == XLSX:
        return enumerate(_sheet(file), start=1)
    if kind not in (CSV, TXT):
        raise Unreadable
    return _separated(file.read(), encoding)


def _separated(body: bytes, encoding: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable from None
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from ((read.line_num, cells) for cells in read)
    except csv.Error:
        raise Unreadable from None


def _sheet(file: BinaryIO) -> list[list[Cell]]:
    """The first sheet, from its first line."""
    try:
        found = workbook(file, rows=MOST_IN_SHEET + 2)
    except SwellsUp:
        raise TooLarge(n=MOST_BYTES // 1024 // 1024) from None
    except FilesBusy:
        raise
    except FileRefused:
        raise Unreadable from None
    if len(found) > MOST_IN_SHEET + 1:
        raise TooManyInSheet(n=MOST_IN_SHEET)
    return found


def _places(head: Sequence[Cell]) -> dict[str, int]:
    """Where each column stands. Raises NoColumns."""
    names = [" ".join(str(cell).split()).casefold() for cell in head]
    wanted = {key: [title.casefold()] for key, title in COLUMNS.items()}
    wanted["number"] = list(_NUMBERS)
    places = {
        key: names.index(found)
        for key, words in wanted.items()
        if (found := next((word for word in words if word in names), None)) is not None
    }
    if lacking := [COLUMNS[key] for key in COLUMNS if key not in places and key not in _MAY_LACK]:
        raise NoColumns(names=", ".join(f"„{name}“" for name in lacking))
    return places


def _row(line: int, cells: Sequence[Cell], places: dict[str, int]) -> Row:
    found = {key: cells[place] for key, place in places.items() if place < len(cells)}
    return Row(
        line=line,
        cells={key: _word(found.get(key, "")) for key in COLUMNS},
        quantities=frozenset(key for key, cell in found.items() if isinstance(cell, (int, float))),
    )


def _word(cell: Cell) -> str:
    """As a person would type it: 12.5 as 12.5, 2026.0 as 2026."""
    if isinstance(cell, float):
        cell = f"{cell:.0f}" if cell.is_integer() else repr(round(cell, 4))
    return str(cell).replace("\0", "").strip()[:200]
