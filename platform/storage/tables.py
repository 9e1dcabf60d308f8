"""The cells of a table that somebody sent, as text. A workbook is opened by a child process."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO

from obshto.platform.storage.child import TookTooMuch, ask_child
from obshto.platform.storage.errors import (
    NoTable,
    NothingInside,
    SwellsUp,
    TooBig,
    TooManyRows,
)
from obshto.platform.storage.kinds import CSV, XLSX, Kind, kind_of

MB = 1024 * 1024
LARGEST = 2 * MB
MOST_UNPACKED = 40 * MB
MOST_ROWS, MOST_COLUMNS, LONGEST = 500, 60, 5_000  # below the head; characters of a cell
FORMULA = ("'=", "'+", "'-", "'@")  # how we write what a spreadsheet would run

Row = list[str]


def rows_of(stream: BinaryIO, *, name: str, most_rows: int = MOST_ROWS) -> list[Row]:
    """The first sheet with its head, without empty rows at the end. Formulas give what they gave.

    Raises FileRefused: empty, large, no CSV or XLSX, too many rows.
    """
    is_csv = table_kind(stream, name) is CSV
    found = separated(stream) if is_csv else workbook(stream, rows=most_rows + 2)
    rows = [[_plain(_said(cell)) for cell in row] for row in islice(found, most_rows + 2)]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((at for row in rows for at, cell in enumerate(row, 1) if cell), default=0)
    rows = [row[:width] for row in rows]
    if len(rows) > most_rows + 1:
        raise TooManyRows(most=most_rows)
    return rows


def table_kind(stream: BinaryIO, name: str) -> Kind:
    """CSV or XLSX; the stream stands at its beginning. Raises FileRefused."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    if size == 0:
        raise NothingInside
    if size > LARGEST:
        raise TooBig(most=LARGEST // MB)
    kind = kind_of(stream, name)
    if kind not in (CSV, XLSX):
        raise NoTable
    return kind


def separated(stream: BinaryIO) -> Iterator[Row]:
    """Rows of a CSV, whatever parts its columns. Raises NoTable."""
    text = stream.read().decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield row[:MOST_COLUMNS]
    except csv.Error:
        raise NoTable from None


def workbook(stream: BinaryIO, *, rows: int, with_faults: bool = False) -> list[list[Any]]:
    """The first rows of the first sheet of an XLSX, which a child process opens: numbers, and text
    of all else. `with_faults` gives pairs of a text and what makes the cell no plain value.

    Raises SwellsUp, NoTable, FilesBusy.
    """
    asked = {"rows": rows, "columns": MOST_COLUMNS, "with_faults": with_faults}
    try:
        with zipfile.ZipFile(stream) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise SwellsUp
        told, _ = ask_child("sheet_reader.py", asked, stream)
    except TookTooMuch:
        raise SwellsUp from None
    except zipfile.BadZipFile:
        raise NoTable from None
    if "refused" in told:
        raise NoTable
    found: list[list[Any]] = told["cells"]
    return found


def _said(cell: str | float) -> str:
    """As a person would have typed it."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _plain(cell: str) -> str:
    told = cell.replace("\x00", "").strip()[:LONGEST]
    return told[1:] if told.startswith(FORMULA) else told
