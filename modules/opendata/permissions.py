"""Permissions of open data."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class OpendataPermission(Permission):
    PUBLISH = (
        "opendata:set.publish",
        _("Публикува набори от данни"),
        (Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    ANSWER = (
        "opendata:request.answer",
        _("Отговаря на искания за данни и обществена информация"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
