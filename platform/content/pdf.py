"""Accessible PDFs, set by typst from a template and plain values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import typst

# PDF/UA-1: tagged, titled, read in its order; PDF/A-2a: kept for good, all that it needs inside.
STANDARDS: Final = ("ua-1", "a-2a")
# A template for any report: title, intro, sections of paragraphs and tables, foot.
TABLES: Final = Path(__file__).parent / "data" / "tables.typ"


def pdf_of(template: Path, told: Mapping[str, Any]) -> bytes:
    """The PDF of a template that reads `json(bytes(sys.inputs.data))`.

    Values are text and never markup. The same values give the same bytes on every machine: no
    fonts of the system are used.
    """
    made: bytes = typst.compile(
        template,
        format="pdf",
        pdf_standards=list(STANDARDS),
        sys_inputs={"data": json.dumps(told)},
        ignore_system_fonts=True,
    )
    # What is added behind, a seal, must begin on a line of its own (ISO 19005-2, 6.1.9).
    return made if made.endswith(b"\n") else made + b"\n"


def png_of(template: Path, told: Mapping[str, Any]) -> bytes:
    """The picture of a template of one page, two pixels a point; values and fonts as of a PDF."""
    made: bytes = typst.compile(
        template,
        format="png",
        ppi=144,
        sys_inputs={"data": json.dumps(told)},
        ignore_system_fonts=True,
    )
    return made


def section_of(
    title: str,
    *,
    level: int = 2,
    before: Sequence[str] = (),
    tables: Sequence[Mapping[str, Any]] = (),
    after: Sequence[str] = (),
) -> Mapping[str, Any]:
    """A section of `TABLES`: paragraphs, tables (`head`, `rows`), paragraphs."""
    told = {"before": list(before), "tables": list(tables), "after": list(after)}
    return {"level": level, "title": title, **told}


def tables_pdf(
    title: str,
    sections: Sequence[Mapping[str, Any]],
    *,
    municipality: str,
    language: str,
    on: date,
    intro: Sequence[str] = (),
    foot: Sequence[str] = (),
    size: int = 11,
    is_wide: bool = False,
) -> bytes:
    """A report by `TABLES`, dated `on`; `size` in points."""
    told: dict[str, Any] = {
        "title": title,
        "municipality": municipality,
        "lang": language,
        "size": size,
        "wide": is_wide,
    }
    told |= {"at": [on.year, on.month, on.day], "intro": list(intro), "foot": list(foot)}
    return pdf_of(TABLES, {**told, "sections": list(sections)})
