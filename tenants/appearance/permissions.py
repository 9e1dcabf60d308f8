"""The words of a municipality's appearance."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class AppearancePermission(Permission):
    CHANGE = (
        "tenants:appearance.change",
        _("Променя името, цвета, контактите и подредбата на портала"),
        (Role.ADMIN,),
    )
    NOTICE = (
        "tenants:notice.post",
        _("Поставя важно съобщение най-горе в портала"),
        (Role.ADMIN, Role.SECRETARY, Role.MAYOR, Role.EDITOR),
    )
