"""Card of a thread: one picture to share, with what is next and how far the line is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from flask_babel import gettext

from obshto.platform.content.pdf import png_of
from obshto.platform.thread.lines import ThreadLine
from obshto.platform.thread.states import STANDINGS
from obshto.platform.web.formats import day
from obshto.platform.web.language import current_language

CARD_TEMPLATE = Path(__file__).parent / "data" / "card.typ"
CARD_SIZE = (1200, 630)  # pixels, as pages that show links crop it least
LONGEST_TITLE, LONGEST_NEXT = 110, 90  # letters


def card_of(line: ThreadLine, publisher: str) -> bytes:
    """PNG in the language of the page; what things are called stays Bulgarian."""
    numbers = Counter[str](one.standing for view in line.things for one in view.stations)
    said = [f"{title}: {numbers[word]}" for word, title in STANDINGS.items() if numbers[word]]
    told = {
        "publisher": publisher,
        "title": _short(line.things[0].thing.title, LONGEST_TITLE),
        "lang": current_language(),
        "lines": _next(line),
        "late": bool(line.late),
        "standing": " · ".join(said),
    }
    return png_of(CARD_TEMPLATE, told)


def _next(line: ThreadLine) -> list[str]:
    if not line.owed:
        return [gettext("Сега никой не дължи нищо по тази линия.")]
    _, following = line.owed[0]
    title = _short(following.title, LONGEST_NEXT)
    due_on = following.row.due_on
    said = [gettext("Обещано до %(day)s.", day=day(due_on))] if due_on else []
    return [f"{STANDINGS[following.standing]}: {title}", *said]


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
