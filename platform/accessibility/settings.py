"""What a municipality adds to its accessibility statement."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class AccessibilitySettings:
    """What of its own texts and files is not accessible yet, and why."""

    exceptions: str = field(
        default="",
        metadata={
            "label": _("Какво в портала още не е достъпно и защо"),
            "most": 600,
            "error": _("Съкратете текста до 600 знака"),
        },
    )
