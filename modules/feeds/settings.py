"""What a municipality may set about its posts."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _

HOUR = {"least": 0, "most": 23, "error": _("Въведете час от 0 до 23")}


@dataclass(frozen=True, kw_only=True)
class FeedsSettings:
    """Who looks before a post leaves, when none leaves, what leaves by itself."""

    is_automatic: bool = field(
        default=False,
        metadata={"label": _("Новото в портала да излиза в емисиите и в мрежите само")},
    )
    second_eyes: bool = field(
        default=False,
        metadata={"label": _("Втори човек да одобрява всяка публикация")},
    )
    second_eyes_region: bool = field(
        default=True,
        metadata={"label": _("Втори човек да одобрява публикациите в профила на областта")},
    )
    hand_facebook: bool = field(
        default=True,
        metadata={"label": _("Готов текст за Facebook, който служител публикува сам")},
    )
    hand_instagram: bool = field(
        default=False,
        metadata={"label": _("Готов текст за Instagram, който служител публикува сам")},
    )
    hand_viber: bool = field(
        default=False,
        metadata={"label": _("Готов текст за Viber, който служител публикува сам")},
    )
    hand_telegram: bool = field(
        default=False,
        metadata={"label": _("Готов текст за Telegram, който служител публикува сам")},
    )
    hand_bluesky: bool = field(
        default=False,
        metadata={"label": _("Готов текст за Bluesky, който служител публикува сам")},
    )
    hand_mastodon: bool = field(
        default=False,
        metadata={"label": _("Готов текст за Mastodon, който служител публикува сам")},
    )
    quiet_from: int = field(
        default=21,
        metadata={"label": _("От колко часа да не излиза нищо, което не е спешно"), **HOUR},
    )
    quiet_until: int = field(
        default=8,
        metadata={"label": _("До колко часа да не излиза нищо, което не е спешно"), **HOUR},
    )
