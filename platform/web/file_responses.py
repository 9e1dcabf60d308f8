"""Files that are answered to their reader alone."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import Any

from flask import Response
from flask_babel import LazyString
from werkzeug.wsgi import FileWrapper

IN_MEMORY = 1024 * 1024  # bytes of a table; a longer one lies in a temporary file
PIECE = 64 * 1024
# A cell that begins so would be run by a spreadsheet: OWASP, CSV injection.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_number = re.compile(r"-\d+(,\d+)?", re.ASCII).fullmatch  # less than nothing, and nothing more


def private_pdf(name: str, body: bytes) -> Response:
    """A PDF to be kept by who asked for it, and by nobody on the way. `name` has no ending."""
    answer = Response(body, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def public_pdf(name: str, body: bytes) -> Response:
    """A PDF that everybody may read."""
    answer = Response(body, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def private_json(name: str, content: Mapping[str, Any]) -> Response:
    """Plain values as people and programs read them, for who asked alone. `name` has no ending."""
    body = json.dumps(content, ensure_ascii=False, indent=2)
    answer = Response(f"{body}\n", mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def csv_file(
    name: str, head: Sequence[LazyString | str], rows: Iterable[Sequence[str]]
) -> Response:
    """UTF-8 with its mark and semicolons: what spreadsheets in Bulgaria open by a click.

    Rows are written as they come, a long table to a temporary file: however many an iterator gives,
    memory holds one. All of them are there before the first byte leaves.
    """
    kind = "text/csv; charset=utf-8"
    return _spooled(name, kind, lambda file: _write(file, head, rows))


def json_file(name: str, pieces: Iterable[str]) -> Response:
    """Text of JSON, written as it comes: however long, memory holds a piece. Not for keeping."""
    return _spooled(name, "application/json", lambda file: _write_text(file, pieces))


def _spooled(name: str, kind: str, write: Callable[[SpooledTemporaryFile[bytes]], int]) -> Response:
    """A download that is written whole before its first byte leaves, a long one to a file."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    with ExitStack() as held:
        file = held.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
        size = write(file)
        if size <= IN_MEMORY:
            return Response(file.read(), headers=headers, content_type=kind)
        held.pop_all()  # closed by who sends it
        headers["Content-Length"] = str(size)
        pieces = FileWrapper(file, PIECE)
        return Response(pieces, headers=headers, content_type=kind)


def _write(
    file: SpooledTemporaryFile[bytes],
    head: Sequence[LazyString | str],
    rows: Iterable[Sequence[str]],
) -> int:
    """How many bytes; the file stands at its beginning."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    written = csv.writer(text, delimiter=";", lineterminator="\r\n")
    written.writerow([str(title) for title in head])
    written.writerows([harmless_cell(cell) for cell in row] for row in rows)
    text.flush()
    text.detach()
    size = file.tell()
    file.seek(0)
    return size


def _write_text(file: SpooledTemporaryFile[bytes], pieces: Iterable[str]) -> int:
    for piece in pieces:
        file.write(piece.encode())
    size = file.tell()
    file.seek(0)
    return size


def harmless_cell(cell: str) -> str:
    """The cell so that no spreadsheet runs it; a negative number stays."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _number(cell) else cell
