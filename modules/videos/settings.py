"""Settings of videos."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class VideosSettings:
    """Retention of the recording of a meeting, counted from the day on which it was made."""

    keep_years: int = field(
        default=5,
        metadata={
            "label": _("Колко години се пази записът на среща, по правилника на съвета"),
            "least": 1,
            "most": 50,
            "error": _("Въведете число от 1 до 50"),
        },
    )
