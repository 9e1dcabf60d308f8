"""Settings of mandates."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class MandateSettings:
    """How long a mandate may be."""

    longest_days: int = field(
        default=90,
        metadata={
            "label": _("За колко дни най-много се дава съгласие"),
            "least": 1,
            "most": 180,
            "error": _("Въведете число от 1 до 180"),
        },
    )
