"""The words of the activity log."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class AuditPermission(Permission):
    READ = (
        "audit:entry.read",
        _("Чете дневника на действията"),
        (Role.ADMIN, Role.MAYOR, Role.SECRETARY, Role.DATA_PROTECTION_OFFICER),
    )
