"""The cells of a table that somebody sent, as text."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any, BinaryIO

from obshto.platform.storage.errors import (
    FileRefused,
    NoTable,
    NothingInside,
    SwellsUp,
    TooBig,
    TooManyRows,
)
from obshto.platform.storage.kinds import CSV, XLSX, Kind, kind_of

MB = 1024 * 1024
LARGEST = 2 * MB
MOST_UNPACKED = 30 * MB
MOST_ROWS, MOST_COLUMNS, LONGEST = 500, 60, 5_000  # below the head; characters of a cell
FORMULA = ("'=", "'+", "'-", "'@")  # how we write what a spreadsheet would run

Row = list[str]


def rows_of(stream: BinaryIO, *, name: str, most_rows: int = MOST_ROWS) -> list[Row]:
    """The first sheet with its head, without empty rows at the end. Formulas give what they gave.

    Raises FileRefused: empty, large, no CSV or XLSX, too many rows.
    """
    is_csv = table_kind(stream, name) is CSV
    rows = list(islice(_csv(stream) if is_csv else _xlsx(stream, most_rows), most_rows + 2))
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((at for row in rows for at, cell in enumerate(row, 1) if cell), default=0)
    rows = [row[:width] for row in rows]
    if len(rows) > most_rows + 1:
        raise TooManyRows(most=most_rows)
    return rows


def table_kind(stream: BinaryIO, name: str) -> Kind:
    """CSV or XLSX. Raises FileRefused: empty, large, neither of them."""
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


def csv_rows(stream: BinaryIO) -> Iterator[Row]:
    """Cells as they stand in a CSV of any separator. Raises NoTable."""
    text = stream.read().decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield row[:MOST_COLUMNS]
    except csv.Error:
        raise NoTable from None


def _csv(stream: BinaryIO) -> Iterator[Row]:
    for row in csv_rows(stream):
        yield [_plain(cell) for cell in row]


def _xlsx(stream: BinaryIO, most_rows: int) -> Iterator[Row]:
    for row in sheet(stream, most_rows=most_rows + 2, most_unpacked=MOST_UNPACKED):
        yield [_plain(_said(cell)) for cell in row]


def sheet(stream: BinaryIO, *, most_rows: int, most_unpacked: int) -> Iterator[tuple[Any, ...]]:
    """Cells of the first sheet of an XLSX as its program keeps them, row by row: it may say that it
    has a million. `most_unpacked` is in bytes. Raises SwellsUp, NoTable.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            if sum(part.file_size for part in archive.infolist()) > most_unpacked:
                raise SwellsUp
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of looks that are missing
            yield from _cells(stream, most_rows)
    except FileRefused:
        raise
    except Exception as error:  # noqa: BLE001  whatever the library trips over is no table
        raise NoTable from error


def _cells(stream: BinaryIO, most_rows: int) -> Iterator[tuple[Any, ...]]:
    # Only here, and late: it takes a fifth of a second to load, and most processes read no table.
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    try:
        rows: Iterable[tuple[Any, ...]] = book.worksheets[0].iter_rows(
            max_row=most_rows, max_col=MOST_COLUMNS, values_only=True
        )
        yield from rows
    finally:
        book.close()


def _said(cell: Any) -> str:
    """As a person would have typed it."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    if isinstance(cell, (datetime, date)):
        return cell.strftime("%d.%m.%Y")
    return str(cell)


def _plain(cell: str) -> str:
    told = cell.replace("\x00", "").strip()[:LONGEST]
    return told[1:] if told.startswith(FORMULA) else told
