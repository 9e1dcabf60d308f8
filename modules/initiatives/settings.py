"""Settings of initiatives: how long names stay, a reading of the law where it is unclear."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class InitiativesSettings:
    """How long names stay after the end; by when the committee has its letter."""

    keeps_names_days: int = field(
        default=180,
        metadata={
            "label": _("Колко дни след края се пазят имената в подписката"),
            "least": 30,
            "most": 1825,
            "error": _("Въведете число от 30 до 1825"),
        },
    )
    notice_in_three_months: bool = field(
        default=False,
        metadata={
            "label": _(
                "чл. 52, ал. 3: комитетът се уведомява писмено до 3 месеца, както „срокът по"
                " ал. 1“ се чете дословно (иначе до 1 месец, в срока за решението)"
            )
        },
    )
