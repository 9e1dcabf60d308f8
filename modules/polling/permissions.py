"""Permissions of polling."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class PollingPermission(Permission):
    KEEP = (
        "polling:section.keep",
        _("Води избирателните секции: места, улици, материали"),
        (Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    APPOINT = (
        "polling:commission.appoint",
        _("Вижда и въвежда членовете на секционните комисии"),
        (Role.SECRETARY,),
    )
