"""The words of places."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class PlacesPermission(Permission):
    WRITE = (
        "places:place.write",
        _("Добавя и поправя места"),
        (Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    PUBLISH = (
        "places:place.publish",
        _("Публикува и изтрива места"),
        (Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    WATCH = (
        "places:hours.watch",
        _("Получава напомняне, когато работно време не е потвърждавано отдавна"),
        (Role.EDITOR,),
    )
