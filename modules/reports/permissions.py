"""Permissions of reports."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class ReportsPermission(Permission):
    HANDLE = (
        "reports:report.handle",
        _("Работи по сигнали за нередности"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    FIELD = (
        "reports:field.work",
        _("Работи по сигнали на терен"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    OVERSEE = (
        "reports:work.oversee",
        _("Следи просрочените сигнали"),
        (Role.MAYOR, Role.SECRETARY),
    )
