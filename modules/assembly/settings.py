"""Settings of assembly: working hours, a reading of the law where its text is unclear."""

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
    half_is_enough: bool = field(
        default=False,
        metadata={
            "label": _(
                "чл. 60, ал. 4: решението е прието и с точно половината от присъстващите"
                " (иначе с повече от половината, чл. 61, ал. 4)"
            )
        },
    )
