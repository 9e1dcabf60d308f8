"""The words of votes."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class VotingPermission(Permission):
    SEE = (
        "voting:election.see",
        _("Вижда допитванията в служебната част, черновите също"),
        (Role.MAYOR, Role.SECRETARY, Role.ADMIN),
    )
    MANAGE = (
        "voting:election.manage",
        _("Подготвя, обявява и брои допитвания по телефона"),
        (Role.SECRETARY, Role.ADMIN),
    )
