"""Words about bringing a portal to life."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class OnboardingPermission(Permission):
    SEE = (
        "onboarding:checklist.see",
        _("Вижда какво липсва преди откриването на портала"),
        (Role.MAYOR, Role.SECRETARY, Role.ADMIN, Role.DATA_PROTECTION_OFFICER),
    )
