"""Settings of courses in a municipality."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class CoursesSettings:
    """Who signs certificates, and whether they are in earnest."""

    signed_by: str = field(
        default="Кмет на общината",
        metadata={
            "label": _("Кой подписва удостоверенията"),
            "most": 120,
            "error": _("Съкратете текста до 120 знака"),
        },
    )
    is_live: bool = field(
        default=False,
        metadata={"label": _("Удостоверенията са истински: без „ПРОБЕН“ върху тях")},
    )
