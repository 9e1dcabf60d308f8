"""Cells of a table of sums that somebody sent: text, and what makes a cell no plain value.

Where `tables` reads what people typed, this is for what is counted: a formula, an error, a merged
cell is told and never taken for a number. A workbook is opened by a child process with limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import BinaryIO

from obshto.platform.storage.errors import TooManyRows
from obshto.platform.storage.kinds import CSV
from obshto.platform.storage.tables import LONGEST, MOST_ROWS, separated, table_kind, workbook


class CellFault(StrEnum):
    """Why a cell is no plain value."""

    NONE = ""
    FORMULA = "formula"
    MERGED = "merged"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a cell, without the blanks around it."""

    text: str
    fault: CellFault = CellFault.NONE


def cells_of(stream: BinaryIO, *, name: str) -> list[list[Cell]]:
    """The first sheet with its head, without empty rows at the end.

    Raises FileRefused: empty, large, no CSV or XLSX, too many rows.
    """
    is_csv = table_kind(stream, name) is CSV
    found = _typed(stream) if is_csv else _read(stream)
    rows = list(islice(found, MOST_ROWS + 2))
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS + 1:
        raise TooManyRows(most=MOST_ROWS)
    return rows


def _typed(stream: BinaryIO) -> Iterator[list[Cell]]:
    for row in separated(stream):
        texts = map(_plain, row)
        yield [
            Cell(text, CellFault.FORMULA if text.startswith("=") else CellFault.NONE)
            for text in texts
        ]


def _read(stream: BinaryIO) -> Iterator[list[Cell]]:
    for row in workbook(stream, rows=MOST_ROWS + 2, with_faults=True):
        yield [Cell(_plain(text), CellFault(fault)) for text, fault in row]


def _plain(text: str) -> str:
    return text.replace("\x00", "").strip()[:LONGEST]
