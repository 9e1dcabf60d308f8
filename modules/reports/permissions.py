"""Permissions of reports."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class ReportsPermission(Permission):
    HANDLE = (
        "reports:report.handle",
        _("Работи по сигнали за нередности"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    INSPECT = (
        "reports:violation.handle",
        _("Вижда сигналите за нарушения и работи по тях"),
        (Role.SECRETARY,),
    )
    FIELD = (
        "reports:field.work",
        _("Работи по сигнали на терен"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    TEAMS = (
        "reports:team.manage",
        _("Урежда екипите за сигнали"),
        (Role.SECRETARY,),
    )
    KINDS = (
        "reports:kind.manage",
        _("Урежда видовете сигнали"),
        (Role.SECRETARY,),
    )
    HEAD = (
        "reports:late.head",
        _("Научава кой сигнал е просрочен"),
        (Role.SECRETARY,),
    )
    MAYOR = (
        "reports:late.mayor",
        _("Научава кой сигнал остава просрочен"),
        (Role.MAYOR,),
    )
    COUNCIL = (
        "reports:late.council",
        _("Научава кой просрочен сигнал влиза в списъка за съвета"),
        (Role.SECRETARY,),
    )
    OVERSEE = (
        "reports:work.oversee",
        _("Следи просрочените сигнали"),
        (Role.MAYOR, Role.SECRETARY),
    )
