"""Permissions of initiatives."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class InitiativesPermission(Permission):
    READ = (
        "initiatives:initiative.read",
        _("Вижда гражданските инициативи"),
        (Role.MAYOR, Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    LEAD = (
        "initiatives:initiative.lead",
        _("Отговаря на гражданските инициативи за съвета и за кмета"),
        (Role.MAYOR, Role.SECRETARY),
    )
    MODERATE = (
        "initiatives:initiative.moderate",
        _("Скрива граждански инициативи по правилата за участие"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    ENTER = (
        "initiatives:petition.enter",
        _("Въвежда донесените на хартия граждански инициативи и подписите за тях"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
