"""Permissions of warnings. A municipality may give them to a duty officer's role of its own."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class CrisisPermission(Permission):
    WARN = (
        "crisis:message.confirm",
        _("Пише и потвърждава предупреждения при бедствие"),
        (Role.MAYOR, Role.SECRETARY, Role.ADMIN),
    )
    CALL = (
        "crisis:contact.call",
        _("Обажда се на хората без интернет и води списъка им"),
        (Role.MAYOR, Role.SECRETARY, Role.REGISTRY_CLERK, Role.ADMIN),
    )
