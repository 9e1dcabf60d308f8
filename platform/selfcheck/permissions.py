"""The words of the self-check."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class SelfcheckPermission(Permission):
    SEE = (
        "selfcheck:report.see",
        _("Вижда колко пълен е порталът и какво да се поправи"),
        (Role.ADMIN, Role.EDITOR, Role.SECRETARY, Role.MAYOR),
    )
    HEAR = (
        "selfcheck:report.hear",
        _("Получава писмо, когато в портала има ново за поправяне"),
        (Role.ADMIN, Role.EDITOR),
    )
