"""From lines of text to an accessible PDF, by typst."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

import segno
import typst

from obshto.modules.eservices.services.definitions import DATA
from obshto.modules.eservices.services.wording import Piece

TEMPLATE = DATA / "document.typ"
STANDARD: Final = "ua-1"  # PDF/UA-1: tagged, titled, read in its order


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is printed: `foot` stands below the fixed text, `check_url` as a QR code beside it."""

    title: str
    municipality: str
    lines: Sequence[Sequence[Piece]]
    foot: Sequence[str]
    check_url: str
    is_trial: bool


def typeset(sheet: Sheet, *, at: datetime) -> bytes:
    """The PDF of a sheet. The same sheet at the same moment gives the same bytes."""
    told: dict[str, Any] = {
        "title": sheet.title,
        "municipality": sheet.municipality,
        "lines": [[asdict(piece) for piece in line] for line in sheet.lines],
        "foot": list(sheet.foot),
        "trial": sheet.is_trial,
        "qr": _qr(sheet.check_url),
        "url": sheet.check_url,
        "at": [at.year, at.month, at.day],
    }
    return typst.compile(
        TEMPLATE,
        format="pdf",
        pdf_standards=[STANDARD],
        sys_inputs={"data": json.dumps(told)},
        ignore_system_fonts=True,
    )


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make_qr(address, error="m").save(drawn, kind="svg", xmldecl=False, border=2)
    return drawn.getvalue().decode()
