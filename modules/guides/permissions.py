"""Permissions of guides and campaigns."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class GuidesPermission(Permission):
    WRITE = (
        "guides:guide.write",
        _("Пише и поправя упътвания"),
        (Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    PUBLISH = (
        "guides:guide.publish",
        _("Публикува и изтрива упътвания"),
        (Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    LEAD = (
        "guides:campaign.lead",
        _("Поставя цели на кампании за упътванията"),
        (Role.MAYOR, Role.EDITOR, Role.SECRETARY),
    )
    COUNT = (
        "guides:campaign.count",
        _("Вижда кампаниите и вписва раздадени листовки"),
        (Role.MAYOR, Role.EDITOR, Role.SECRETARY, Role.REGISTRY_CLERK),
    )
