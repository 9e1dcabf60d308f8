"""The words of pages."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role

EDITORS = (Role.EDITOR, Role.SECRETARY, Role.ADMIN)


class PagesPermission(Permission):
    WRITE = "pages:page.write", _("Пише и поправя страници, прикачва файлове"), EDITORS
    PUBLISH = "pages:page.publish", _("Публикува, връща и изтрива страници"), EDITORS
    LISTEN = "pages:answer.read", _("Чете мненията колко са ясни страниците"), EDITORS
