"""What a municipality may set about its training."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class TrainingSettings:
    """How training show themselves."""

    on_home: int = field(
        default=3,
        metadata={
            "label": _("Колко записа да има на началната страница"),
            "least": 1,
            "most": 10,
            "error": _("Въведете число от 1 до 10"),
        },
    )
