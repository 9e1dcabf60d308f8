"""Kinds of danger, with texts that are ready to be sent when two words are changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

PART = "crisis"
KINDS: Mapping[str, LazyString] = {
    "flood": _("Наводнение"),
    "fire": _("Пожар"),
    "water": _("Без вода за пиене"),
    "snow": _("Сняг и лед"),
    "heat": _("Жега"),
    "air": _("Мръсен въздух"),
    "storm": _("Буря"),
    "other": _("Друга опасност"),
}
FIELDS: Mapping[str, LazyString] = {
    "title": _("какво се случва"),
    "text": _("подробности"),
    "advice": _("какво да направят хората"),
    "phone": _("телефон"),
    "settlements": _("населени места"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyText:
    """In Bulgarian: what happens, more of it, what people do."""

    title: str
    text: str
    advice: str


@cache
def ready_texts() -> Mapping[str, ReadyText]:
    """By kind, „end“ for the all clear."""
    path = Path(__file__).parents[1] / "data" / "ready_texts.json"
    told: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
    return {kind: ReadyText(**words) for kind, words in told.items()}
