"""Permissions of the thread."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class ThreadPermission(Permission):
    OVERSEE = (
        "thread:promises.oversee",
        _("Получава писмо, когато мине срок на обещание"),
        (Role.MAYOR,),
    )
