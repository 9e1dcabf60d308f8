"""A poster or a leaflet as an accessible PDF of one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from flask_babel import gettext

from obshto.platform.content.pdf import TypesettingFailed, pdf_of
from obshto.platform.content.qr import qr_picture
from obshto.platform.modularity.manifest import Paper
from obshto.platform.posters.errors import CannotBeSet
from obshto.platform.web.language import speaking

TEMPLATE: Final = Path(__file__).parent / "data" / "poster.typ"
MORE: Final = "…"


class Size(StrEnum):
    """A poster hangs on a door, a leaflet lies on the counter."""

    A4 = "a4"
    A5 = "a5"


# Letters of the text; more than that nobody reads from a wall, the address leads to the rest.
LETTERS: Final = {Size.A4: 700, Size.A5: 420}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is printed besides the thing itself: by whom, where it is read whole, whom to ask."""

    size: Size
    municipality: str
    address: str  # short, as people type it
    link: str  # the same, whole, for the code
    phone: str
    day: date  # of printing: a PDF for archives says when it was made
    arms: bytes | None = None  # a square PNG


def typeset(paper: Paper, sheet: Sheet) -> bytes:
    """One page, whatever the length: the letters give way, then the end of the text.

    The same values give the same bytes. Raises CannotBeSet.
    """
    with speaking(paper.language):
        told: dict[str, Any] = {
            "size": sheet.size.value,
            "lang": paper.language,
            "municipality": sheet.municipality,
            "at": [sheet.day.year, sheet.day.month, sheet.day.day],
            "arms": list(sheet.arms or b""),
            "arms_said": gettext("Герб: %(name)s", name=sheet.municipality),
            "kind": paper.kind,
            "title": paper.title,
            "facts": [list(fact) for fact in paper.facts],
            "text": shortened(paper.text, LETTERS[sheet.size]),
            "qr": qr_picture(sheet.link),
            "qr_said": gettext("Код, който телефонът чете: %(address)s", address=sheet.address),
            "address": sheet.address,
            "more": gettext("Насочете телефона към кода или напишете в браузъра:"),
            "ask": gettext("Въпроси: %(phone)s", phone=sheet.phone) if sheet.phone else "",
        }
    try:
        return pdf_of(TEMPLATE, told)
    except TypesettingFailed:
        raise CannotBeSet from None


def shortened(paragraphs: tuple[str, ...], letters: int) -> list[str]:
    """The first so many letters, the last word whole; the cut is seen."""
    kept, left = [], letters
    for paragraph in paragraphs:
        words = " ".join(paragraph.split())
        if len(words) > left:
            cut = words[:left].rpartition(" ")[0]
            kept += [f"{cut.rstrip(' ,;:–-')}{MORE}"] if cut else [MORE]
            break
        kept.append(words)
        left -= len(words)
    return [words for words in kept if words]
