"""What a municipality adds to its accessibility statement."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class AccessibilitySettings:
    """What of its own texts and files is not accessible yet, and why."""

    title: ClassVar[LazyString] = _("Декларация за достъпност")
    summary: ClassVar[LazyString] = _("Какво в портала още не е достъпно и защо")
    exceptions: str = field(
        default="",
        metadata={
            "label": _("Какво в портала още не е достъпно и защо"),
            "most": 600,
            "error": _("Съкратете текста до 600 знака"),
        },
    )
