"""The words of notices."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role

WRITERS = (Role.EDITOR, Role.REGISTRY_CLERK, Role.SECRETARY, Role.ADMIN)


class NoticesPermission(Permission):
    WRITE = "notices:notice.write", _("Пише и поправя съобщения"), WRITERS
    PUBLISH = "notices:notice.publish", _("Публикува и отменя съобщения"), WRITERS
