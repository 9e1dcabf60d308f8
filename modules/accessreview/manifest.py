"""Component of the review of access: the only file of the module that the platform reads.

It has no switch: the duty is there whatever the municipality offers.
"""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.modules.accessreview.console import console
from obshto.modules.accessreview.events import EVENTS
from obshto.modules.accessreview.jobs import JOBS
from obshto.modules.accessreview.models import MODELS
from obshto.modules.accessreview.permissions import AccessReviewPermission
from obshto.modules.accessreview.privacy import erase, export
from obshto.modules.accessreview.seeds import seed
from obshto.modules.accessreview.todo import DUE, TODO
from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    Door,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    Unmarked,
)

MODULE = Component(
    slug="accessreview",
    folder=Path(__file__).parent,
    models=MODELS,
    permissions=tuple(AccessReviewPermission),
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Кой има достъп до данни"),
            endpoint="accessreview_console.index",
            permission=AccessReviewPermission.READ,
            weight=66,
        ),
    ),
    todo=TODO,
    due=DUE,
    console=console,
    events=EVENTS,
    jobs=JOBS,
    notices={
        "accessreview.begun": _("Прегледът започна. Решете за всяка роля дали остава."),
        "accessreview.kept": _("Ролята остава"),
        "accessreview.used-kept": _("Всички роли, които са ползвани през годината, остават"),
        "accessreview.taken": _("Ролята е отнета. Важи от следващата страница на служителя."),
        "accessreview.gone": _("Друг вече беше отнел тази роля. Отбелязахме го в прегледа."),
        "accessreview.ended": _("Прегледът е приключен. Изтеглете го за печат и подпис."),
    },
    canary=Unmarked(because="its pages show staff and their roles, no data of citizens"),
    seeds=seed,
    processing=(
        Processing(
            word="review",
            title=_("Преглед на достъпа на служителите"),
            purpose=_("да проверим веднъж в годината кой служител до какви данни има достъп"),
            ground="Регламент (ЕС) 2016/679, чл. 5, § 2 и чл. 32, § 1, б. „г“",
            kinds=(DataKind.NAME, DataKind.ACTS),
            recipients=_(
                "кметът, секретарят, длъжностното лице по защита на данните и администраторът"
            ),
            kept=_("5 години след края на прегледа"),
            is_of_staff=True,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STAFF,
        retention=_("Пазим 5 години кои роли на служителите са прегледани и какво е решил кметът."),
    ),
)
