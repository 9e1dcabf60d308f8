"""Accessible PDFs, set by typst from a template and plain values, in a child with limits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

# PDF/UA-1: tagged, titled, read in its order; PDF/A-2a: kept for good, all that it needs inside.
STANDARDS: Final = ("ua-1", "a-2a")
# A template for any report: title, intro, sections of paragraphs and tables, foot.
TABLES: Final = Path(__file__).parent / "data" / "tables.typ"
CHILD: Final = Path(__file__).parent / "typst_child.py"
TWO_A_POINT: Final = 144  # pixels of a picture, to an inch of 72 points
REFUSED: Final = 1  # with what the child ends where typst refuses


@dataclass(frozen=True, slots=True)
class SettingLimits:
    """How long a child may work, in seconds, and how much memory it may ask for."""

    seconds: int
    megabytes: int


REPORT: Final = SettingLimits(seconds=120, megabytes=4096)  # a large table takes its time
DOCUMENT: Final = SettingLimits(seconds=20, megabytes=1024)


class TypesettingFailed(Exception):
    """typst refuses the template or a value: a sign that no font of ours has, a file to be read."""


class TypesettingTooLarge(TypesettingFailed):
    """It took more time or memory than it may."""


def pdf_of(template: Path, told: Mapping[str, Any], *, limits: SettingLimits = REPORT) -> bytes:
    """The PDF of a template that reads `json(bytes(sys.inputs.data))`.

    Values are text and never markup. The same values give the same bytes on every machine: no
    fonts of the system are used. It runs in a child that reads no file and asks no network.
    Raises TypesettingFailed, TypesettingTooLarge.
    """
    options = {"format": "pdf", "pdf_standards": list(STANDARDS)}
    made = _made(template, told, options, limits)
    # What is added behind, a seal, must begin on a line of its own (ISO 19005-2, 6.1.9).
    return made if made.endswith(b"\n") else made + b"\n"


def png_of(template: Path, told: Mapping[str, Any], *, ppi: float = TWO_A_POINT) -> bytes:
    """The picture of a template of one page; values and fonts as of a PDF.

    Raises TypesettingFailed, TypesettingTooLarge.
    """
    return _made(template, told, {"format": "png", "ppi": ppi}, REPORT)


def _made(
    template: Path, told: Mapping[str, Any], options: Mapping[str, Any], limits: SettingLimits
) -> bytes:
    asked = {
        "template": template.read_text("utf-8"),
        "data": json.dumps(told),
        "options": options,
        "seconds": limits.seconds,
        "megabytes": limits.megabytes,
    }
    try:
        child = subprocess.run(  # noqa: S603  the program is ours, what it is told is its input
            [sys.executable, "-I", str(CHILD)],
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=2 * limits.seconds,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise TypesettingTooLarge("time") from None
    if child.returncode == REFUSED:
        raise TypesettingFailed(child.stderr.decode(errors="replace"))
    if child.returncode:
        raise TypesettingTooLarge(f"ended with {child.returncode}")
    return child.stdout


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
