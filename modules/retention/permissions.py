"""Permissions of retention."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class RetentionPermission(Permission):
    READ = (
        "retention:calendar.read",
        _("Вижда кое кога се изтрива и доказателствата за изтритото"),
        (Role.DATA_PROTECTION_OFFICER, Role.MAYOR, Role.SECRETARY),
    )
    HOLD = (
        "retention:hold.place",
        _("Забранява изтриване заради спор или проверка и вдига забраната"),
        (Role.DATA_PROTECTION_OFFICER, Role.SECRETARY),
    )
