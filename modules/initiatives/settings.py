"""Settings of initiatives."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class InitiativesSettings:
    """How long names stay after the end."""

    keeps_names_days: int = field(
        default=180,
        metadata={
            "label": _("Колко дни след края се пазят имената в подписката"),
            "least": 30,
            "most": 1825,
            "error": _("Въведете число от 30 до 1825"),
        },
    )
