"""The words of posters."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class PostersPermission(Permission):
    PRINT = (
        "posters:poster.print",
        _("Печата плакати и листовки на публикуваното"),
        (Role.EDITOR, Role.REGISTRY_CLERK, Role.SECRETARY, Role.MAYOR, Role.ADMIN),
    )
