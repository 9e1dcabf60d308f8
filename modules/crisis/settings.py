"""Settings of warnings: when one person alone may let a text leave."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _

HOUR = {"least": 0, "most": 23, "error": _("Въведете час от 0 до 23")}


@dataclass(frozen=True, kw_only=True)
class CrisisSettings:
    """Hours by the clocks of Bulgaria; equal hours mean at any time."""

    night_from: int = field(
        default=20,
        metadata={
            "label": _(
                "От колко часа един служител потвърждава без втори (еднакви часове: винаги)"
            ),
            **HOUR,
        },
    )
    night_until: int = field(
        default=7,
        metadata={"label": _("До колко часа един служител потвърждава без втори"), **HOUR},
    )
    alone_after: int = field(
        default=2,
        metadata={
            "label": _("След колко минути потвърждава без втори"),
            "least": 2,
            "most": 30,
            "error": _("Въведете число от 2 до 30"),
        },
    )
