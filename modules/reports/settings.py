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


def _late(label: LazyString, default: int) -> Any:
    bounds = {"least": 1, "most": 180, "error": _("Въведете число от 1 до 180")}
    return field(default=default, metadata={"label": label, **bounds})


@dataclass(frozen=True, kw_only=True)
class ReportsSettings:
    """Days by kind; 0 means that the kind is not taken.

    `late_to_head` and the next are days from the end of the term, then from one step of the
    escalation to the next. `signed_by` and `is_live` are of the written decisions of signals.
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
    late_to_head: int = _late(_("Просрочен сигнал: след колко дни научава ръководителят"), 1)
    late_to_mayor: int = _late(_("След още колко дни научава кметът"), 7)
    late_to_everybody: int = _late(_("След още колко дни е в публичния списък на просрочените"), 7)
    late_to_council: int = _late(_("След още колко дни е в списъка за общинския съвет"), 14)
    signed_by: str = field(
        default="Кмет на общината",
        metadata={
            "label": _("Кой подписва решенията по сигнали"),
            "most": 120,
            "error": _("Съкратете текста до 120 знака"),
        },
    )
    is_live: bool = field(
        default=False,
        metadata={"label": _("Решенията по сигнали са истински: без „ПРОБЕН“ върху тях")},
    )
    with_account: list[str] = field(
        default_factory=list,
        metadata={
            "label": _("Тези видове се подават през портала само с профил"),
            "choices": TITLES,
        },
    )
    ready_answers: str = ready_texts_field()
