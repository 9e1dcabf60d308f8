"""Permission to write about settlements."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class SettlementPermission(Permission):
    EDIT = (
        "tenants:settlement.edit",
        _("Пише кой е кметът на селото, телефон, приемно време, снимка и факти"),
        (Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
