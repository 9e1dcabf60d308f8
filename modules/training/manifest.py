"""What training contributes: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.training.citizen import citizen
from obshto.modules.training.console import console
from obshto.modules.training.events import EVENTS
from obshto.modules.training.home import newest
from obshto.modules.training.models import Lesson
from obshto.modules.training.permissions import TrainingPermission
from obshto.modules.training.privacy import erase, export
from obshto.modules.training.seeds import seed
from obshto.modules.training.services import count, shown
from obshto.modules.training.settings import TrainingSettings
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
)
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    number = count(uow, shown())
    lost = ngettext("%(num)s публикуван запис", "%(num)s публикувани записа", number)
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="training",
    folder=Path(__file__).parent,
    title=_("Нов модул"),
    summary=_("Напишете тук какво дава модулът на гражданите."),
    models=(Lesson,),
    permissions=tuple(TrainingPermission),
    door=Door.LIFE,
    nav=(
        NavEntry(label=_("Нов модул"), endpoint="training_citizen.index", weight=50),
        NavEntry(
            label=_("Нов модул"),
            endpoint="training_console.index",
            permission=TrainingPermission.MANAGE,
            weight=50,
        ),
    ),
    citizen=citizen,
    console=console,
    home=newest,
    settings=TrainingSettings,
    events=EVENTS,
    notices={
        "training.opened": _("Записът е публикуван. Гражданите вече го виждат."),
        "training.closed": _("Записът е приключен. Данните за връзка са изтрити."),
    },
    unfinished=unfinished,
    seeds=seed,
    processing=(
        Processing(
            word="lesson",
            title=_("Нов модул"),
            purpose=_("да се свържем с Вас за записа"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“",
            kinds=(DataKind.CONTACT,),
            recipients=_("служителите, които пишат в портала"),
            kept=_("докато записът е публикуван"),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        retention=_("Пазим данните за връзка към запис, докато той е публикуван."),
    ),
)
