"""Sheets: lines of text as an accessible PDF, by typst, with a foot and a QR code to check it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from obshto.platform.content.pdf import (
    DOCUMENT,
    TypesettingFailed,
    TypesettingTooLarge,
    pdf_of,
)
from obshto.platform.content.qr import qr_picture
from obshto.platform.documents.errors import CannotBePrinted, TooLargeToPrint

TEMPLATE: Final = Path(__file__).parent / "data" / "document.typ"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, struck out or not."""

    text: str
    is_struck: bool = False


def written(day: date) -> str:
    """A day as documents write it."""
    return f"{day:%d.%m.%Y} г."


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSheet:
    """What is printed: `foot` stands below the fixed text, `check_url` as a QR code beside it.

    `code_says` is what the code is for, to who has it read aloud.
    """

    title: str
    municipality: str
    lines: Sequence[Sequence[Piece]]
    foot: Sequence[str]
    check_url: str
    is_trial: bool
    code_says: str = "Код за проверка на документа"


def typeset(sheet: DocumentSheet, *, at: datetime) -> bytes:
    """The PDF of a sheet. The same sheet at the same moment gives the same bytes.

    Raises CannotBePrinted, TooLargeToPrint.
    """
    told: dict[str, Any] = {
        "title": sheet.title,
        "municipality": sheet.municipality,
        "lines": [[asdict(piece) for piece in line] for line in sheet.lines],
        "foot": list(sheet.foot),
        "trial": sheet.is_trial,
        "qr": qr_picture(sheet.check_url),
        "url": sheet.check_url,
        "code": sheet.code_says,
        "at": [at.year, at.month, at.day],
    }
    try:
        return pdf_of(TEMPLATE, told, limits=DOCUMENT)
    except TypesettingTooLarge:
        raise TooLargeToPrint from None
    except TypesettingFailed:
        raise CannotBePrinted from None
