"""Settings of reports: kinds taken, their terms, who may tell them, ready answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.settings.ready_texts import ready_texts_field

TITLES: Mapping[str, LazyString] = {
    "road": _("Път или тротоар"),
    "lamp": _("Осветление"),
    "water": _("Вода и канализация"),
    "waste": _("Боклук"),
    "dog": _("Безстопанствено куче"),
    "tree": _("Дърво"),
    "parking": _("Паркиране"),
    "building": _("Опасна сграда"),
    "dumping": _("Незаконно сметище"),
    "felling": _("Незаконна сеч"),
    "noise": _("Шум"),
    "other": _("Друго"),
}


def _days(label: LazyString, default: int) -> Any:
    bounds = {"least": 0, "most": 180, "error": _("Въведете число от 0 до 180")}
    return field(default=default, metadata={"label": label, **bounds})


@dataclass(frozen=True, kw_only=True)
class ReportsSettings:
    """Days by kind; 0 means that the kind is not taken.

    `with_account`: kinds told through the portal only by who is signed in. `ready_answers`: a line
    each, in place of the ready ones of the house.
    """

    road: int = _days(_("Път или тротоар: дни за отговор (0: не се приема)"), 30)
    lamp: int = _days(_("Осветление: дни за отговор (0: не се приема)"), 7)
    water: int = _days(_("Вода и канализация: дни за отговор (0: не се приема)"), 7)
    waste: int = _days(_("Боклук: дни за отговор (0: не се приема)"), 7)
    dog: int = _days(_("Безстопанствено куче: дни за отговор (0: не се приема)"), 7)
    tree: int = _days(_("Дърво: дни за отговор (0: не се приема)"), 14)
    parking: int = _days(_("Паркиране: дни за отговор (0: не се приема)"), 14)
    building: int = _days(_("Опасна сграда: дни за отговор (0: не се приема)"), 30)
    dumping: int = _days(_("Незаконно сметище: дни за отговор (0: не се приема)"), 14)
    felling: int = _days(_("Незаконна сеч: дни за отговор (0: не се приема)"), 14)
    noise: int = _days(_("Шум: дни за отговор (0: не се приема)"), 14)
    other: int = _days(_("Друго: дни за отговор (0: не се приема)"), 30)
    with_account: list[str] = field(
        default_factory=list,
        metadata={
            "label": _("Тези видове се подават през портала само с профил"),
            "choices": TITLES,
        },
    )
    ready_answers: str = ready_texts_field()
