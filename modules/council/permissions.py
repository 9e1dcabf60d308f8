"""Permissions of the council. A municipality may give them to a role of its own."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class CouncilPermission(Permission):
    MANAGE = (
        "council:member.manage",
        _("Води списъка на съветниците и комисиите"),
        (Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    RECORD = (
        "council:vote.record",
        _("Качва материали, записва присъствие и поименни гласувания"),
        (Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    ANSWER = (
        "council:question.answer",
        _("Вписва питания на съветници и отговорите"),
        (Role.SECRETARY, Role.REGISTRY_CLERK, Role.MAYOR),
    )
