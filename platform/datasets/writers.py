"""Formats of a data set, written piece by piece: JSON, CSV, GeoJSON; XLSX is of storage."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from obshto.platform.datasets.declarations import Cell
from obshto.platform.storage.sheet_writer import write_sheet
from obshto.platform.web.file_responses import harmless_cell

Rows = Iterable[Sequence[Cell]]
Locate = Callable[[Mapping[str, Cell]], tuple[float, float] | None]
PIECE = 64 * 1024  # characters that are gathered before they are written


def write_json(out: BinaryIO, names: Sequence[str], rows: Rows) -> int:
    """An array with one object a line, so that a reader may begin at any line. Counts the rows."""
    number = 0
    out.write(b"[")
    for row in rows:
        line = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
        out.write((",\n" if number else "\n").encode() + line.encode())
        number += 1
    out.write(b"\n]\n")
    return number


def write_csv(out: BinaryIO, names: Sequence[str], rows: Rows) -> None:
    """RFC 4180 in UTF-8 with its mark: programs and spreadsheets read the same file.

    Text that a spreadsheet would run gets an apostrophe before it; numbers keep their sign.
    """
    text = io.StringIO()
    written = csv.writer(text, lineterminator="\r\n")
    out.write("\ufeff".encode())
    written.writerow(names)
    for row in rows:
        written.writerow(["" if cell is None else _safe(cell) for cell in row])
        if text.tell() > PIECE:
            _empty(text, out)
    _empty(text, out)


def write_xlsx(out: BinaryIO, names: Sequence[str], rows: Rows) -> None:
    """One sheet with a head."""
    write_sheet(out, names, ([_safe(cell) for cell in row] for row in rows))


def geojson_writer(
    point: tuple[str, str] | None, locate: Locate | None = None
) -> Callable[[BinaryIO, Sequence[str], Rows], None]:
    """The writer of points (RFC 7946), out of two columns or as `locate` knows them (latitude,
    longitude); a row without a point has no geometry.
    """

    def write(out: BinaryIO, names: Sequence[str], rows: Rows) -> None:
        out.write(b'{"type": "FeatureCollection", "features": [')
        for number, row in enumerate(rows):
            told = _feature(dict(zip(names, row, strict=True)), point, locate)
            feature = json.dumps(told, ensure_ascii=False)
            out.write((",\n" if number else "\n").encode() + feature.encode())
        out.write(b"\n]}\n")

    return write


def read_json_lines(lines: Iterable[bytes]) -> Iterator[Mapping[str, Cell]]:
    """The rows that `write_json` wrote."""
    for line in lines:
        if line.startswith(b"{"):
            yield json.loads(line.rstrip().rstrip(b","))


def _feature(
    told: dict[str, Cell], point: tuple[str, str] | None, locate: Locate | None
) -> dict[str, object]:
    found = locate(told) if locate else None
    own = [told.pop(name) for name in point or ()]
    latitude, longitude = found or own or (None, None)
    has_point = latitude is not None and longitude is not None
    geometry = {"type": "Point", "coordinates": [longitude, latitude]} if has_point else None
    return {"type": "Feature", "geometry": geometry, "properties": told}


def _safe(cell: Cell) -> Cell:
    return harmless_cell(cell) if isinstance(cell, str) else cell


def _empty(text: io.StringIO, out: BinaryIO) -> None:
    out.write(text.getvalue().encode())
    text.seek(0)
    text.truncate()
