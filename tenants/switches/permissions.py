"""The words of switching modules on and off."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class SwitchPermission(Permission):
    SEE = "tenants:switch.see", _("Вижда кои модули са включени"), (Role.ADMIN, Role.SECRETARY)
    CHANGE = "tenants:switch.change", _("Включва и изключва модули"), (Role.ADMIN,)
