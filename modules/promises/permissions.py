"""Permissions of promises."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class PromisesPermission(Permission):
    KEEP = (
        "promises:promise.keep",
        _("Записва обещания, какво стана с тях и какво последва от какво"),
        (Role.EDITOR, Role.SECRETARY),
    )
    OVERSEE = (
        "promises:work.oversee",
        _("Следи сроковете на обещанията"),
        (Role.MAYOR, Role.EDITOR, Role.SECRETARY),
    )
