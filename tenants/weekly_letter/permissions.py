"""Permission to get the weekly letter."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class WeeklyLetterPermission(Permission):
    RECEIVE = (
        "tenants:weekly-letter.receive",
        _("Получава всеки понеделник писмо с това, което го чака, и може да го спре за себе си"),
        (Role.MAYOR,),
    )
