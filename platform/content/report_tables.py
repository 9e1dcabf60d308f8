"""A report as tables of words: the same for a page, a CSV file and a PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext

from obshto.platform.content.pdf import section_of

Rows = list[list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """A table with its heads; all cells are text, the first of a row says of what it is. `notes`
    are read below it, or alone where there are no rows."""

    title: str
    head: list[str]
    rows: Rows
    notes: list[str] = field(default_factory=list)


def csv_rows(tables: Sequence[ReportTable]) -> tuple[list[str], Rows]:
    """Everything in one table: what it is about, of what, how much."""
    rows = [
        [table.title if len(table.head) == 2 else f"{table.title}: {head}", row[0], cell]
        for table in tables
        for row in table.rows
        for head, cell in zip(table.head[1:], row[1:], strict=True)
    ]
    return [gettext("Показател"), gettext("Група"), gettext("Стойност")], rows


def sections_of(tables: Sequence[ReportTable]) -> list[Mapping[str, Any]]:
    """As `content.pdf.TABLES` reads them."""
    return [
        section_of(
            table.title,
            tables=[{"head": table.head, "rows": table.rows}] if table.rows else [],
            after=table.notes,
        )
        for table in tables
    ]
