"""Settings of events."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class EventsSettings:
    """How events show themselves, whether citizens suggest any."""

    on_home: int = field(
        default=3,
        metadata={
            "label": _("Колко събития да има на началната страница"),
            "least": 1,
            "most": 4,
            "error": _("Въведете число от 1 до 4"),
        },
    )
    takes_suggestions: bool = field(
        default=True, metadata={"label": _("Гражданите могат да предлагат събития")}
    )
