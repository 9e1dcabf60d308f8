"""Settings of the detection of unusual looks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class DataProtectionSettings:
    """How many acts of looking in an hour raise a finding."""

    title: ClassVar[LazyString] = _("Необичайни прегледи на лични данни")
    summary: ClassVar[LazyString] = _("Кога общината пита служител защо е отварял лични данни")
    most_an_hour: int = field(
        default=40,
        metadata={
            "label": _("След колко прегледа за един час да се пита защо"),
            "least": 5,
            "most": 1000,
            "error": _("Въведете число от 5 до 1000"),
        },
    )
