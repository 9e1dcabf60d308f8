"""Manifest of the council: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.council.citizen import citizen
from obshto.modules.council.console import console
from obshto.modules.council.datasets import DATASETS
from obshto.modules.council.events import EVENTS
from obshto.modules.council.jobs import JOBS
from obshto.modules.council.models import MODELS, DecisionCounter
from obshto.modules.council.notifications import NOTIFICATIONS
from obshto.modules.council.permissions import CouncilPermission
from obshto.modules.council.search import SEARCH
from obshto.modules.council.seeds import seed
from obshto.modules.council.services.inquiries import WAITING, inquiries
from obshto.modules.council.services.minutes_record import PublicRecords
from obshto.modules.council.services.publication_port import CouncilPublisher
from obshto.modules.council.settings import CouncilSettings
from obshto.modules.council.todo import DUE, TODO
from obshto.platform.modularity.council_publication import CouncilPublication
from obshto.platform.modularity.council_sessions import CouncilRecords
from obshto.platform.modularity.manifest import (
    Door,
    ModuleManifest,
    NavEntry,
    NoPersonalData,
    Unmarked,
)
from obshto.platform.soft_delete import counts
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """Questions that wait for an answer."""
    number = counts(uow, {WAITING: inquiries(uow, {"state": WAITING})})[WAITING]
    said = ngettext(
        "%(num)s питане на съветник чака отговор",
        "%(num)s питания на съветници чакат отговор",
        number,
    )
    return [said] if number else []


MODULE = ModuleManifest(
    slug="council",
    folder=Path(__file__).parent,
    requires=frozenset({"meetings"}),
    datasets=DATASETS,
    title=_("Общински съвет"),
    summary=_("Кои са съветниците, какво решават, как гласува всеки и какво питат."),
    called="общински съвет съветник съветници комисия гласуване питане председател",
    models=MODELS,
    outlives_restore=frozenset((DecisionCounter.__tablename__,)),  # no number is given twice
    permissions=tuple(CouncilPermission),
    door=Door.MUNICIPALITY,
    nav=(
        NavEntry(
            label=_("Общински съвет"),
            endpoint="council_citizen.index",
            hint=_("Съветници, заседания и кой как гласува"),
            is_task=True,
            weight=20,
        ),
        NavEntry(
            label=_("Питания на съветници"),
            endpoint="council_citizen.questions",
            hint=_("Какво питат съветниците и какво им отговарят"),
            weight=21,
        ),
        NavEntry(
            label=_("Заседания на съвета"),
            endpoint="council_console.index",
            permission=CouncilPermission.RECORD,
            weight=20,
        ),
        NavEntry(
            label=_("Съветници и комисии"),
            endpoint="council_console.members",
            permission=CouncilPermission.MANAGE,
            weight=21,
        ),
        NavEntry(
            label=_("Питания на съветници"),
            endpoint="council_console.questions",
            permission=CouncilPermission.ANSWER,
            weight=22,
        ),
    ),
    examples=(_("общински съветник"),),
    todo=TODO,
    due=DUE,
    citizen=citizen,
    console=console,
    settings=CouncilSettings,
    events=EVENTS,
    notices={
        "council.saved": _("Промените са запазени. Гражданите вече ги виждат."),
        "council.noted": _("Присъствието е записано"),
        "council.material-added": _("Файлът е прикачен"),
        "council.material-removed": _("Файлът е махнат"),
        "council.voted": _("Гласуването е записано и се вижда от всички"),
        "council.corrected": _("Поправката е записана. Старото преброяване остава."),
        "council.published": _("Протоколът е публикуван"),
        "council.asked": _("Питането е публикувано. Пращаме писмо на тези, които отговарят."),
        "council.answered": _("Отговорът е публикуван"),
    },
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    search=SEARCH,
    offers={CouncilRecords: PublicRecords(), CouncilPublication: CouncilPublisher()},
    unfinished=unfinished,
    seeds=seed,
    canary=Unmarked(because="everything in it is public from the moment it is written"),
    privacy=NoPersonalData(
        because="councillors are elected officials who act in public; who of the staff wrote what"
        " stands in the log"
    ),
)
