"""Permissions of requests about personal data."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class PersonalDataPermission(Permission):
    HANDLE = (
        "personaldata:request.handle",
        _("Отговаря на искания за лични данни"),
        (Role.DATA_PROTECTION_OFFICER,),
    )
    ENTER = (
        "personaldata:request.enter",
        _("Приема на гише искания за лични данни и отпечатва кой ги е гледал"),
        (Role.DATA_PROTECTION_OFFICER, Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    OVERSEE = (
        "personaldata:numbers.read",
        _("Вижда броя на исканията за лични данни, без имена"),
        (Role.DATA_PROTECTION_OFFICER, Role.MAYOR, Role.SECRETARY),
    )
