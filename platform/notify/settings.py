"""What may be set about the letters of a municipality."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.settings.services import settings_of
from obshto.platform.work import Work


@dataclass(frozen=True, kw_only=True)
class NotifySettings:
    """How many letters leave a day, and to whom."""

    title: ClassVar[LazyString] = _("Писма")
    summary: ClassVar[LazyString] = _("Колко писма на ден излизат и до кого")
    letters_a_day: int = field(
        default=5000,
        metadata={
            "label": _("Колко писма на ден да пращаме най-много"),
            "least": 1,
            "most": 1_000_000,
            "error": _("Въведете число от 1 до 1 000 000"),
        },
    )
    only_to_staff: bool = field(
        default=False,
        metadata={"label": _("Проба: пращай писма само на служители на общината")},
    )


def letters_settings(work: Work) -> NotifySettings:
    """As set here. One query."""
    return settings_of(work, "notify", NotifySettings)
