"""Permissions of proposals."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class ProposalsPermission(Permission):
    HANDLE = (
        "proposals:proposal.handle",
        _("Работи по предложения на граждани"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    OVERSEE = (
        "proposals:work.oversee",
        _("Вижда какво предлагат хората и следи сроковете"),
        (Role.MAYOR, Role.SECRETARY),
    )
