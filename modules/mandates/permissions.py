"""Permissions of mandates."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class MandatesPermission(Permission):
    PREPARE = (
        "mandates:mandate.prepare",
        _("Подготвя съгласия, вписва подписването и оттеглянето им"),
        (Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    ACT = (
        "mandates:mandate.act",
        _("Действа от името на човек с негово съгласие"),
        (Role.REGISTRY_CLERK,),
    )
