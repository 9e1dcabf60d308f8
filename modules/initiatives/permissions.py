"""Permissions of initiatives."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class InitiativesPermission(Permission):
    READ = (
        "initiatives:initiative.read",
        _("Вижда гражданските инициативи и въвежда донесените на хартия"),
        (Role.MAYOR, Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    LEAD = (
        "initiatives:initiative.lead",
        _("Отговаря на гражданските инициативи за съвета и за кмета"),
        (Role.MAYOR, Role.SECRETARY),
    )
    ENTER = (
        "initiatives:petition.enter",
        _("Въвежда подписите за гражданска инициатива"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
