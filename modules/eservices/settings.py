"""What a municipality may set about its services."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class ServicesSettings:
    """Where the counter is, how long drafts are kept, whether documents are in earnest."""

    counter: str = field(
        default="",
        metadata={
            "label": _("Къде е гишето, кога работи"),
            "most": 300,
            "error": _("Съкратете текста до 300 знака"),
        },
    )
    draft_days: int = field(
        default=30,
        metadata={
            "label": _("Колко дни да пазим черновите"),
            "least": 7,
            "most": 90,
            "error": _("Въведете число от 7 до 90"),
        },
    )
    is_live: bool = field(
        default=False,
        metadata={"label": _("Документите са истински: без „ПРОБЕН“ върху тях")},
    )
