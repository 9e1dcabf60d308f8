"""What a municipality may set about its places."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class PlacesSettings:
    """What stands on the home page, when hours count as old."""

    on_home: int = field(
        default=4,
        metadata={
            "label": _("Колко места да има на началната страница"),
            "least": 1,
            "most": 4,
            "error": _("Въведете число от 1 до 4"),
        },
    )
    confirmed_for: int = field(
        default=180,
        metadata={
            "label": _("След колко дни да напомняме, че работното време не е потвърдено"),
            "least": 30,
            "most": 730,
            "error": _("Въведете число от 30 до 730"),
        },
    )
