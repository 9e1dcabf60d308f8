"""Permissions of centres."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class CentresPermission(Permission):
    SEE = (
        "centres:centre.see",
        _("Вижда центровете и колко се ползват"),
        (Role.EDITOR, Role.SECRETARY, Role.REGISTRY_CLERK, Role.MAYOR),
    )
    KEEP = (
        "centres:centre.keep",
        _("Описва центровете, приемното време и какво се запазва в тях"),
        (Role.EDITOR, Role.SECRETARY),
    )
    HANDLE = (
        "centres:booking.handle",
        _("Записва хора за час и посреща гости в центровете"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    RECEIVE = (
        "centres:reception.hold",
        _("Приема хора в запазен приемен час и записва какво се уговори"),
        (Role.MAYOR, Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    INVENTORY = (
        "centres:inventory.keep",
        _("Води описа на вещите в центровете, повредите и ремонтите"),
        (Role.EDITOR, Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    ROTA = (
        "centres:rota.keep",
        _("Прави дежурствата в центровете и пази телефоните на доброволците"),
        (Role.EDITOR, Role.SECRETARY),
    )
