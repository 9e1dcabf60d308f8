"""The words of switching modules on and off."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class SwitchPermission(Permission):
    SEE = "tenants:switch.see", _("Вижда кои модули са включени"), (Role.ADMIN, Role.SECRETARY)
    NOTE = (
        "tenants:demand.note",
        _("Отбелязва за какво питат хората на гише"),
        (Role.REGISTRY_CLERK, Role.FINANCE_OFFICER, Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    CHANGE = "tenants:switch.change", _("Включва и изключва модули"), (Role.ADMIN,)
