"""Settings of referenda: size of the council, readings of the law where its text is unclear.

Each reading is cautious at first: what it allows, the other one allows too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


def _reading(label: LazyString) -> Any:
    return field(default=False, metadata={"label": label})


@dataclass(frozen=True, kw_only=True)
class ReferendumSettings:
    """Numbers of the municipality; a ticked reading is the less cautious one."""

    councillors: int = field(
        default=11,
        metadata={
            "label": _("Общ брой на съветниците"),
            "least": 3,
            "most": 99,
            "error": _("Въведете число от 3 до 99"),
        },
    )
    keeps_names_days: int = field(
        default=180,
        metadata={
            "label": _("Колко дни след края се пазят имената в подписката"),
            "least": 30,
            "most": 1825,
            "error": _("Въведете число от 30 до 1825"),
        },
    )
    votes_on_holidays: bool = _reading(
        _(
            "чл. 30, ал. 5: „почивен ден“ е и официален празник в работна седмица (иначе само"
            " събота и неделя)"
        )
    )
    check_stops_month: bool = _reading(
        _(
            "чл. 30, ал. 1: месецът за сесията спира, докато ГРАО проверява подписката (иначе"
            " тече без прекъсване)"
        )
    )
    village_demands: bool = _reading(
        _(
            "чл. 27, ал. 3: референдум за решение на съвета могат да искат и жителите на едно"
            " кметство (иначе само на цялата община)"
        )
    )
    tenth_by_entry: bool = _reading(
        _(
            "чл. 27, ал. 2: 1/10 се смята само от гласоподавателите при вписването (иначе от"
            " по-големия от броя при вписването и при внасянето)"
        )
    )
    demand_from_any_day: bool = _reading(
        _(
            "чл. 27, ал. 3: при искане срещу решение на съвета датата може да е и преди 45-ия ден"
            " (иначе не по-рано)"
        )
    )
    turnout_of_municipality: bool = field(
        default=True,
        metadata={
            "label": _(
                "чл. 41, ал. 2: при референдум в кметство 40 на сто се смятат от гласоподавателите"
                " на цялата община (иначе само от тези на кметството)"
            )
        },
    )
    crosses_out: bool = _reading(
        _(
            "чл. 37, ал. 1 и чл. 38, ал. 1, т. 3: в бюлетината се зачерква отговорът, който не"
            " се избира (иначе се отбелязва кутийката на избрания), според указанията на ЦИК"
        )
    )
    campaign_letters: int = field(
        default=3_000,
        metadata={
            "label": _("Колко знака има всяка страна на страницата на кампанията"),
            "least": 500,
            "most": 10_000,
            "error": _("Въведете число от 500 до 10 000"),
        },
    )
    campaign_gap: int = field(
        default=10,
        metadata={
            "label": _("Колко на сто може да се различават текстовете на двете страни"),
            "least": 0,
            "most": 30,
            "error": _("Въведете число от 0 до 30"),
        },
    )
    shows_lone_side: bool = _reading(
        _(
            "чл. 34, ал. 3: ако само едната страна даде текст, той се показва сам"
            " (иначе не се показва нито един)"
        )
    )
    keeps_campaign_shown: bool = _reading(
        _(
            "чл. 34, ал. 1: показаните текстове остават и в последните 24 часа"
            " (иначе се скриват и за двете страни)"
        )
    )
