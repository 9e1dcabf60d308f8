"""Permissions of voters."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class VotersPermission(Permission):
    REGISTER = (
        "voters:registration.keep",
        _("Регистрира гласоподаватели срещу документ и дава хартиени бюлетини"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    ROLL = (
        "voters:roll.manage",
        _("Качва списъка с право на глас и изготвя списъците на гласоподавателите"),
        (Role.SECRETARY, Role.ADMIN),
    )
