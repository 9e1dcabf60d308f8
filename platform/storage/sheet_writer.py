"""A spreadsheet written row by row: memory holds one row, the rest lies in a temporary file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

_unfit = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML 1.0 has no such signs
LONGEST = 32_767  # characters of a cell, as spreadsheets know it


def write_sheet(out: BinaryIO, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """An XLSX of one sheet. The caller has made cells harmless."""
    # Only here, and late: it takes a fifth of a second to load, and most processes write no table.
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(head))
    for row in rows:
        sheet.append([_fit(cell) for cell in row])
    book.save(out)


def _fit(cell: Any) -> Any:
    return _unfit.sub("", cell)[:LONGEST] if isinstance(cell, str) else cell
