"""Words about people, in a municipality and over the region."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class PeoplePermission(Permission):
    SEE = (
        "tenants:people.see",
        _("Вижда кой работи в портала и с какви права"),
        (Role.MAYOR, Role.SECRETARY, Role.ADMIN, Role.DATA_PROTECTION_OFFICER),
    )
    MANAGE = "tenants:people.manage", _("Кани служители и дава роли"), (Role.ADMIN,)


class RegionPermission(Permission):
    """Held on the operations host alone."""

    SEE = "region:municipality.see", _("Вижда общините и състоянието им"), (Role.OPERATOR,)
    OPERATE = (
        "region:job.operate",
        _("Пуска отново и отменя фонови задачи"),
        (Role.OPERATOR,),
    )
    HELP = (
        "region:ticket.answer",
        _("Отговаря на запитванията на общините"),
        (Role.OPERATOR,),
    )
    ANNOUNCE = (
        "region:incident.announce",
        _("Съобщава за аварии и профилактика, спира промените"),
        (Role.OPERATOR,),
    )
    ENTER_LAW = (
        "region:law.enter",
        _("Въвежда стойности по закон за цялата област"),
        (Role.OPERATOR,),
    )
    WELCOME = (
        "region:municipality.welcome",
        _("Създава портал на нова община"),
        (Role.OPERATOR,),
    )
    RESTORE = (
        "region:municipality.restore",
        _("Прави резервно копие на община и я връща към него"),
        (Role.OPERATOR,),
    )
    STEP_IN = "region:municipality.step-in", _("Влиза в община с причина"), (Role.OPERATOR,)
    READ_LOG = "region:log.read", _("Чете дневника на областта"), (Role.OPERATOR,)
