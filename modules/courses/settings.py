"""Settings of courses in a municipality: certificates, how long an unpaid seat is held."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class CoursesSettings:
    """Who signs certificates, whether they are in earnest; terms of paying and of giving back."""

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
    hold_days: int = field(
        default=3,
        metadata={
            "label": _("Колко дни пазим неплатено място"),
            "least": 1,
            "most": 30,
            "error": _("Въведете число от 1 до 30"),
        },
    )
    refund_days: int = field(
        default=3,
        metadata={
            "label": _("До колко дни преди курса човек се отказва и си получава парите"),
            "least": 0,
            "most": 60,
            "error": _("Въведете число от 0 до 60"),
        },
    )
