"""Permissions of data protection."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role

_OFFICER = (Role.DATA_PROTECTION_OFFICER,)
_ANSWERABLE = (Role.DATA_PROTECTION_OFFICER, Role.MAYOR, Role.SECRETARY)


class DataProtectionPermission(Permission):
    READ = (
        "dataprotection:register.read",
        _("Чете регистъра на обработването и договорите с обработващи"),
        _ANSWERABLE,
    )
    MANAGE = (
        "dataprotection:register.manage",
        _("Допълва регистъра на обработването и договорите с обработващи"),
        _OFFICER,
    )
    APPROVE = (
        "dataprotection:register.approve",
        _("Одобрява регистъра на обработването и политиката"),
        (Role.MAYOR,),
    )
    ASSESS = (
        "dataprotection:assessment.approve",
        _("Одобрява оценки на въздействието върху личните данни"),
        (Role.MAYOR, Role.SECRETARY),
    )
    JUDGE = (
        "dataprotection:finding.judge",
        _("Проверява необичайни прегледи; за длъжностното лице – кметът или секретарят"),
        _ANSWERABLE,
    )
    WATCH = (
        "dataprotection:staff.watch",
        _("Вижда всички необичайни прегледи и броя прегледи по служители"),
        _OFFICER,
    )
    LEAVE = (
        "dataprotection:leave.enter",
        _("Въвежда кога служител е в отпуск, за да се питат прегледите от негово име"),
        (Role.MAYOR, Role.SECRETARY),
    )
    INCIDENT = (
        "dataprotection:incident.handle",
        _("Води нарушения на сигурността на личните данни"),
        _ANSWERABLE,
    )
