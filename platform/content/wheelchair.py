"""Wheelchair access of a place where people are invited to, in words."""

from __future__ import annotations

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


class WheelchairAccess(StrEnum):
    """Wheelchair access."""

    UNKNOWN = "unknown"
    FULL = "full"
    HELP = "help"
    NONE = "none"


ACCESS: dict[str, LazyString] = {
    WheelchairAccess.UNKNOWN: _("Не е проверено, обадете се преди да тръгнете"),
    WheelchairAccess.FULL: _("Достъпно с инвалидна количка"),
    WheelchairAccess.HELP: _("С инвалидна количка се влиза с помощ"),
    WheelchairAccess.NONE: _("Има стъпала, с инвалидна количка не се влиза"),
}
