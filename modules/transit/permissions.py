"""The words of transit."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role

EDITORS = (Role.EDITOR, Role.SECRETARY, Role.ADMIN)


class TransitPermission(Permission):
    WRITE = "transit:line.write", _("Пише разписания и спирки"), EDITORS
    PUBLISH = "transit:line.publish", _("Публикува разписания и съобщения за линии"), EDITORS
