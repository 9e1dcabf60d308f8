"""Permission to see what was of use."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class UsefulnessPermission(Permission):
    SEE = (
        "usefulness:answer.see",
        _("Вижда кои страници са били полезни на хората и кои не"),
        (Role.EDITOR, Role.SECRETARY, Role.MAYOR, Role.REGISTRY_CLERK),
    )
