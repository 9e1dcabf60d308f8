"""The words of news."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class NewsPermission(Permission):
    WRITE = "news:item.write", _("Пише и поправя новини"), (Role.EDITOR, Role.SECRETARY, Role.ADMIN)
    PUBLISH = (
        "news:item.publish",
        _("Публикува и изтрива новини"),
        (Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    FOLLOW = "news:item.follow", _("Получава имейл за всяка публикувана новина"), (Role.MAYOR,)
