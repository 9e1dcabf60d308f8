"""Permission of moderation."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class ModerationPermission(Permission):
    REVIEW = (
        "moderation:appeal.decide",
        _("Решава възражения срещу скрити мнения"),
        (Role.SECRETARY, Role.MAYOR),
    )
