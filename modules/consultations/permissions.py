"""Permissions of consultations."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class ConsultationsPermission(Permission):
    SEE = (
        "consultations:consultation.see",
        _("Вижда консултациите и становищата в служебната част"),
        (Role.REGISTRY_CLERK, Role.MAYOR, Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    WRITE = (
        "consultations:consultation.write",
        _("Пише консултации и прикачва документи"),
        (Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    PUBLISH = (
        "consultations:consultation.publish",
        _("Отваря и удължава консултации, публикува резултата"),
        (Role.SECRETARY, Role.ADMIN),
    )
    ENTER = (
        "consultations:opinion.enter",
        _("Въвежда становища от гише, по телефона и на хартия"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    ANSWER = (
        "consultations:opinion.answer",
        _("Отговаря на становища"),
        (Role.SECRETARY, Role.EDITOR),
    )
    HIDE = (
        "consultations:opinion.hide",
        _("Скрива становища с причина"),
        (Role.SECRETARY, Role.ADMIN),
    )
