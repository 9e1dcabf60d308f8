"""Settings of assistants: whose phone rings when a visitor gives no word."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _

PHONES = r"(?:[+\d][\d ]{5,18}(?:,\s*(?=[+\d])|\Z))*"


@dataclass(frozen=True, kw_only=True)
class AssistantsSettings:
    """Mobile phones of who is on duty, separated by commas; empty: only an e-mail is written."""

    duty_phones: str = field(
        default="",
        metadata={
            "label": _(
                "Мобилни телефони на дежурните, със запетая: на тях пращаме съобщение, ако няма"
                " вест от помощник. Празно: само имейл"
            ),
            "most": 120,
            "pattern": PHONES,
            "error": _("Въведете мобилни телефони, разделени със запетая, например 0888 123 456"),
        },
    )
