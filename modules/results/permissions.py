"""Permissions of results."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class ResultsPermission(Permission):
    ENTER = (
        "results:protocol.enter",
        _("Въвежда активност и протоколи от гласуване на хартия"),
        (Role.SECRETARY, Role.REGISTRY_CLERK, Role.EDITOR),
    )
    LEAD = (
        "results:result.lead",
        _("Води резултата от гласуване: връща протоколи, обявява, следи сроковете"),
        (Role.SECRETARY,),
    )
