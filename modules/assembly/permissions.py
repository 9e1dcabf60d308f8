"""Permissions of assembly."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class AssemblyPermission(Permission):
    READ = (
        "assembly:assembly.read",
        _("Вижда общите събрания"),
        (Role.MAYOR, Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    CALL = (
        "assembly:assembly.call",
        _("Свиква общи събрания и записва какво последва от решенията"),
        (Role.MAYOR, Role.SECRETARY),
    )
    RECORD = (
        "assembly:assembly.record",
        _("Записва кворума, гласуването и протокола на общо събрание"),
        (Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    PETITION = (
        "assembly:petition.enter",
        _("Въвежда и проверява подписки за общо събрание"),
        (Role.SECRETARY, Role.REGISTRY_CLERK),
    )
