"""Permissions of the forum."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class ForumPermission(Permission):
    HANDLE = (
        "forum:discussion.handle",
        _("Отговаря във форума и записва мнения на гише и по телефона"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    MODERATE = (
        "forum:post.moderate",
        _("Скрива мнения по правилата за участие"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    OVERSEE = (
        "forum:work.oversee",
        _("Вижда за какво говорят хората по села и теми"),
        (Role.MAYOR, Role.SECRETARY),
    )
