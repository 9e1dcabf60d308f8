"""Permissions of the review of access."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class AccessReviewPermission(Permission):
    READ = (
        "accessreview:matrix.read",
        _("Вижда коя роля до кои данни стига, кой я ползва и прегледите на достъпа"),
        (Role.MAYOR, Role.SECRETARY, Role.DATA_PROTECTION_OFFICER, Role.ADMIN),
    )
    DECIDE = (
        "accessreview:review.decide",
        _("Прави годишния преглед на достъпа и отнема роли в него"),
        (Role.MAYOR,),
    )
