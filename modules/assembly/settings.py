"""Settings of assembly: working hours, how long names are kept, a reading of an unclear text."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class AssemblySettings:
    """The law names no hour where work ends; чл. 60 and чл. 61 differ at exactly half."""

    work_ends_at: int = field(
        default=17,
        metadata={
            "label": _("След колко часа в работен ден може да има общо събрание"),
            "least": 16,
            "most": 20,
            "error": _("Въведете час от 16 до 20"),
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
    half_is_enough: bool = field(
        default=False,
        metadata={
            "label": _(
                "чл. 60, ал. 4: решението е прието и с точно половината от присъстващите"
                " (иначе с повече от половината, чл. 61, ал. 4)"
            )
        },
    )
