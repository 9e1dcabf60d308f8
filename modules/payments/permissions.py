"""The words of taxes and fees."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class PaymentsPermission(Permission):
    FIND = (
        "payments:notice.find",
        _("Намира какво дължи някой по кода на известието или по номера му"),
        (Role.REGISTRY_CLERK, Role.FINANCE_OFFICER),
    )
    IMPORT = (
        "payments:obligation.import",
        _("Въвежда задължения за данъци и такси и сроковете им"),
        (Role.FINANCE_OFFICER,),
    )
