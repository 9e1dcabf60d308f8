"""Child process that opens one workbook of a stranger, under limits of memory and of the processor.

A program and no module of the house: it loads the library of spreadsheets and nothing else. It
writes one line of JSON: the cells of the first sheet, with what is wrong with a cell if asked.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
from datetime import date, datetime, time
from io import BytesIO
from itertools import product
from typing import IO, Any

FORMULA, MERGED, ERROR = "formula", "merged", "error"


def limit(memory: int, seconds: int) -> None:
    """What this process may take; beyond it an allocation fails, or the kernel ends it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # SIGXCPU, not SIGKILL
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def values_in(content: bytes, rows: int, columns: int) -> list[list[str | float]]:
    """Numbers of the first sheet as they are, all else as text; formulas give what they gave."""
    from openpyxl import load_workbook  # noqa: PLC0415  after the limits

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of looks that are missing
        book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
        found = book.worksheets[0].iter_rows(max_row=rows, max_col=columns, values_only=True)
        return [[_value(cell) for cell in row] for row in found]


def _value(value: Any) -> str | float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if is_number else text_of(value)


def cells_in(content: bytes, rows: int, columns: int) -> list[list[tuple[str, str]]]:
    """Text and fault of each cell of the first sheet.

    Row by row: read as a whole, the library makes a cell for each place of a merged range, which is
    as large as somebody writes.
    """
    from openpyxl import load_workbook  # noqa: PLC0415  after the limits

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of looks that are missing
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        merged = merged_in(sheet._get_source(), rows, columns)  # noqa: SLF001  it tells no ranges
        found = [
            [said(cell, is_merged=(at, n) in merged) for n, cell in enumerate(row, 1)]
            for at, row in enumerate(sheet.iter_rows(max_row=rows, max_col=columns), 1)
        ]
    width = max((n for row in found for n, cell in enumerate(row, 1) if any(cell)), default=0)
    return [row[:width] for row in found]


def merged_in(sheet: IO[bytes], rows: int, columns: int) -> set[tuple[int, int]]:
    """Places of merged cells among the first rows. Raises ValueError where ranges overlap."""
    from defusedxml.ElementTree import iterparse  # noqa: PLC0415  after the limits
    from openpyxl.utils import range_boundaries  # noqa: PLC0415

    found: set[tuple[int, int]] = set()
    for _, element in iterparse(sheet, forbid_dtd=True):
        if element.tag.endswith("}mergeCell"):
            left, top, right, bottom = range_boundaries(element.get("ref", ""))
            down, across = range(top, min(bottom, rows) + 1), range(left, min(right, columns) + 1)
            size = len(found) + len(down) * len(across)
            found.update(product(down, across))
            if len(found) < size:
                raise ValueError("overlapping")
        element.clear()
    return found


def said(cell: Any, *, is_merged: bool) -> tuple[str, str]:
    """As a person would have typed it."""
    fault = MERGED if is_merged else ""
    kind = getattr(cell, "data_type", "n")
    if kind == "f":
        return str(getattr(cell.value, "text", cell.value)), FORMULA
    if kind == "e":
        return str(cell.value), ERROR
    return text_of(cell.value), fault


def text_of(value: Any) -> str:
    """Whole numbers without a point, days as people write them."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(round(value, 9))
    if isinstance(value, (datetime, date)):
        return f"{value.day:02}.{value.month:02}.{value.year}"
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)


def main() -> None:
    """Answer one request. An end without an answer is one, too: it was more than is allowed."""
    asked = json.loads(sys.argv[1])
    limit(asked["memory"], asked["seconds"])
    sys.path.append(asked["library"])
    told: dict[str, Any]
    try:
        read = cells_in if asked["with_faults"] else values_in
        told = {"cells": read(sys.stdin.buffer.read(), asked["rows"], asked["columns"])}
    except Exception:  # noqa: BLE001  whatever the library trips over is no table
        told = {"refused": "table"}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    main()
