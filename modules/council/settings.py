"""Settings of the council: what its own rules of procedure say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


def _number(label: LazyString, default: int, least: int, most: int, error: LazyString) -> Any:
    bounds = {"least": least, "most": most, "error": error}
    return field(default=default, metadata={"label": label, **bounds})


@dataclass(frozen=True, kw_only=True)
class CouncilSettings:
    """Days by the council's own rules, and the number of its seats (0: as many as have a term)."""

    material_days: int = _number(
        _("Колко дни преди заседание се публикуват материалите"),
        5, 1, 60, _("Въведете число от 1 до 60"),
    )  # fmt: skip
    answer_days: int = _number(
        _("До колко дни се отговаря на питане на съветник"),
        14, 1, 90, _("Въведете число от 1 до 90"),
    )  # fmt: skip
    seats: int = _number(
        _("Общ брой на съветниците по закон (0: колкото имат мандат)"),
        0, 0, 61, _("Въведете число от 0 до 61"),
    )  # fmt: skip
