"""Manifest of training: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.modules.training.console import console
from obshto.modules.training.events import EVENTS
from obshto.modules.training.jobs import JOBS
from obshto.modules.training.models import MODELS
from obshto.modules.training.notifications import NOTIFICATIONS
from obshto.modules.training.permissions import TrainingPermission
from obshto.modules.training.privacy import erase, export
from obshto.modules.training.seeds import seed
from obshto.modules.training.services.access_log import GROUND, PURPOSES, described
from obshto.modules.training.services.certificates import PART
from obshto.modules.training.services.records import RecordedCourses
from obshto.modules.training.settings import TrainingSettings
from obshto.platform.documents.kinds import DocumentKind
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    Unmarked,
)
from obshto.platform.modularity.training_courses import TrainingCourses

MODULE = ModuleManifest(
    slug="training",
    folder=Path(__file__).parent,
    title=_("Обучение на служители"),
    summary=_("Учебна община, задачи и кой какво е научил. Виждат го само служителите."),
    called="обучение курс учебна община задача служители",
    models=MODELS,
    permissions=tuple(TrainingPermission),
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Учебни задачи"),
            endpoint="training_console.index",
            permission=TrainingPermission.LEARN,
            weight=80,
        ),
        NavEntry(
            label=_("Кой какво е научил"),
            endpoint="training_console.staff",
            permission=TrainingPermission.OVERSEE,
            weight=81,
        ),
    ),
    console=console,
    events=EVENTS,
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    notices={
        "training.started": _("Започнахте. Отворете учебната община и направете стъпките."),
        "training.not-yet": _("Още не сме видели всички стъпки в данните. Вижте коя остава."),
        "training.finished": _("Задачата е изпълнена и записана в обученията Ви"),
        "training.entered": _("Обучението е записано"),
        "training.cancelled": _("Записът вече не важи"),
        "training.certified": _("Удостоверението е издадено. Изтеглете го до записа."),
        "training.reset": _("Учебната община започва отначало. Отнема до две минути."),
    },
    canary=Unmarked(because="citizens see nothing of it; no column of it is encrypted"),
    seeds=seed,
    settings=TrainingSettings,
    offers={TrainingCourses: RecordedCourses()},
    issues=(DocumentKind(part=PART),),
    processing=(
        Processing(
            word="record",
            title=_("Обучения на служители"),
            purpose=_("да знаем кой служител какво е научил и кога да го повтори"),
            ground=GROUND,
            kinds=(DataKind.NAME, DataKind.ACTS),
            recipients=_("секретарят и длъжностното лице по защита на данните"),
            kept=_("5 години след края на валидността"),
            looks=PURPOSES,
            describe=described,
            is_of_staff=True,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STAFF,
        retention=_("Пазим обученията на служителите 5 години след края на валидността им."),
    ),
)
