"""The words of settings."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class SettingsPermission(Permission):
    CHANGE = "settings:value.change", _("Променя настройките на модулите"), (Role.ADMIN,)
