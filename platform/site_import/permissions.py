"""The words of moving in."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class MovingPermission(Permission):
    MOVE = (
        "moving:site.move",
        _("Пренася текстове от стария сайт"),
        (Role.ADMIN, Role.EDITOR),
    )
