"""Settings of polling: hours of the sections, what is packed, how long names stay."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


def _number(default: int, label: LazyString, least: int, most: int, error: LazyString) -> Any:
    about = {"label": label, "least": least, "most": most, "error": error}
    return field(default=default, metadata=about)


@dataclass(frozen=True, kw_only=True)
class PollingSettings:
    """What the municipality decides; the law gives neither hours nor a number of spare ballots."""

    opens_at: int = _number(
        7, _("От колко часа са отворени секциите"), 5, 12, _("Въведете час от 5 до 12")
    )
    closes_at: int = _number(
        20, _("До колко часа са отворени секциите"), 13, 23, _("Въведете час от 13 до 23")
    )
    spare_ballots: int = _number(
        10, _("Колко на сто резервни бюлетини"), 0, 50, _("Въведете число от 0 до 50")
    )
    keeps_names_days: int = _number(
        180,
        _("Колко дни след гласуването се пазят имената от комисиите"),
        30,
        1825,
        _("Въведете число от 30 до 1825"),
    )
    address_decides: bool = field(
        default=False,
        metadata={
            "label": _(
                "чл. 4, ал. 2: секцията е по сегашния адрес, когато не е постоянният"
                " (иначе показваме секцията по постоянния адрес)"
            )
        },
    )
