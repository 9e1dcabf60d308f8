"""What a municipality may set about its news."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class NewsSettings:
    """How news show themselves."""

    on_home: int = field(
        default=4,
        metadata={
            "label": _("Колко новини да има на началната страница"),
            "least": 1,
            "most": 4,
            "error": _("Въведете число от 1 до 4"),
        },
    )
