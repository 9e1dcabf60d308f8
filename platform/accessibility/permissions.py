"""The words of accessibility."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class AccessibilityPermission(Permission):
    ANSWER = (
        "accessibility:barrier.answer",
        _("Чете какво пречи на хората в портала и им отговаря"),
        (Role.ADMIN, Role.EDITOR, Role.SECRETARY),
    )
