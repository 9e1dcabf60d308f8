"""Permissions of reports on participation."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class ParticipationPermission(Permission):
    PREPARE = (
        "participation:report.prepare",
        _("Съставя годишния отчет кой беше чут и пише предговора"),
        (Role.MAYOR, Role.SECRETARY, Role.EDITOR),
    )
    PUBLISH = (
        "participation:report.publish",
        _("Публикува годишния отчет кой беше чут"),
        (Role.MAYOR, Role.SECRETARY),
    )
