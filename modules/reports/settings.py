"""Settings of reports: which kinds a municipality takes, and in how many days each is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


def _days(label: LazyString, default: int) -> Any:
    bounds = {"least": 0, "most": 180, "error": _("Въведете число от 0 до 180")}
    return field(default=default, metadata={"label": label, **bounds})


@dataclass(frozen=True, kw_only=True)
class ReportsSettings:
    """Days by kind; 0 means that the kind is not taken."""

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
