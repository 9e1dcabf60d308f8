"""What may be set about the letters of a municipality."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

MAILBOX = r"|[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
SENDER = r"|[A-Za-z0-9 ]{1,11}|\+?\d{3,15}"


@dataclass(frozen=True, kw_only=True)
class NotifySettings:
    """How many letters leave a day, and to whom."""

    title: ClassVar[LazyString] = _("Писма и SMS")
    summary: ClassVar[LazyString] = _("Колко излизат на ден, до кого и от кое име")
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
    reply_to: str = field(
        default="",
        metadata={
            "label": _("Имейл, на който хората отговарят. Празно: никой не чете отговорите"),
            "most": 254,
            "pattern": MAILBOX,
            "error": _("Въведете имейл адрес като ime@example.com или оставете празно"),
        },
    )
    mail_from: str = field(
        default="",
        metadata={
            "label": _("Собствен адрес на подателя. Празно: адресът на общия портал"),
            "most": 254,
            "pattern": MAILBOX,
            "error": _("Въведете имейл адрес като ime@example.com или оставете празно"),
        },
    )
    sms_sender: str = field(
        default="",
        metadata={
            "label": _("Име на подателя на SMS: до 11 латински букви или номер. Празно: без SMS"),
            "most": 15,
            "pattern": SENDER,
            "error": _("Въведете до 11 латински букви и цифри или номер"),
        },
    )
    sms_a_day: int = field(
        default=500,
        metadata={
            "label": _("Колко SMS на ден да пращаме най-много. Дълъг текст се брои за няколко"),
            "least": 1,
            "most": 1_000_000,
            "error": _("Въведете число от 1 до 1 000 000"),
        },
    )


def letters_settings(uow: UnitOfWork) -> NotifySettings:
    """As set here. One query."""
    return settings_of(uow, "notify", NotifySettings)
