"""Permissions of digital assistants."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class AssistantsPermission(Permission):
    COORDINATE = (
        "assistants:visit.coordinate",
        _("Урежда посещенията на дигиталните помощници"),
        (Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    VISIT = (
        "assistants:visit.make",
        _("Посещава хора у дома като дигитален помощник"),
        (Role.REGISTRY_CLERK,),
    )
    ANSWER = (
        "assistants:problem.answer",
        _("Решава проблеми, които помощниците са предали"),
        (Role.SECRETARY, Role.REGISTRY_CLERK, Role.FINANCE_OFFICER),
    )
    OVERSEE = (
        "assistants:numbers.read",
        _("Вижда статистиката на помощниците, без имена"),
        (Role.MAYOR, Role.SECRETARY, Role.REGISTRY_CLERK),
    )
