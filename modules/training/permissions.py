"""The words of training."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role

EVERYBODY = (
    *(Role.MAYOR, Role.SECRETARY, Role.EDITOR, Role.REGISTRY_CLERK, Role.FINANCE_OFFICER),
    *(Role.DATA_PROTECTION_OFFICER, Role.ADMIN),
)


class TrainingPermission(Permission):
    LEARN = (
        "training:mission.do",
        _("Учи с учебните задачи и вижда своите обучения"),
        EVERYBODY,
    )
    OVERSEE = (
        "training:record.oversee",
        _("Следи кой какво е научил и записва обучения"),
        (Role.SECRETARY, Role.DATA_PROTECTION_OFFICER, Role.ADMIN),
    )
