"""Words about asking for help, in a municipality."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role

EVERYBODY = tuple(role for role in Role if role is not Role.OPERATOR)


class HelpPermission(Permission):
    ASK = "helpdesk:ticket.ask", _("Иска помощ от ИТ екипа"), EVERYBODY
    SEE_ALL = (
        "helpdesk:ticket.see-all",
        _("Вижда запитванията на всички колеги до ИТ екипа"),
        (Role.MAYOR, Role.SECRETARY, Role.ADMIN),
    )
