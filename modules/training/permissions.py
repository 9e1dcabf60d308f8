"""The words of training."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class TrainingPermission(Permission):
    MANAGE = (
        "training:lesson.manage",
        _("Публикува и приключва записи"),
        (Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
