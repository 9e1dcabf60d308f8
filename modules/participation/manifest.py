"""Manifest of participation: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.participation.citizen import citizen
from obshto.modules.participation.console import console
from obshto.modules.participation.datasets import DATASETS
from obshto.modules.participation.events import EVENTS
from obshto.modules.participation.jobs import JOBS
from obshto.modules.participation.models import MODELS
from obshto.modules.participation.permissions import ParticipationPermission
from obshto.modules.participation.reactions import REACTIONS
from obshto.modules.participation.region import region
from obshto.modules.participation.search import SEARCH
from obshto.modules.participation.seeds import seed
from obshto.modules.participation.services.reports import published
from obshto.modules.participation.todo import TODO
from obshto.platform.modularity.manifest import (
    Door,
    ModuleManifest,
    NavEntry,
    NoPersonalData,
    Unmarked,
)
from obshto.platform.soft_delete import count
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    number = count(uow, published())
    lost = ngettext("%(num)s годишен отчет", "%(num)s годишни отчета", number)
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="participation",
    folder=Path(__file__).parent,
    title=_("Кой беше чут"),
    summary=_("Годишен отчет: кой, как и за какво каза мнение и какво последва."),
    called="участие участие на гражданите годишен отчет мнение чути гласове обратна връзка",
    models=MODELS,
    permissions=tuple(ParticipationPermission),
    door=Door.MUNICIPALITY,
    nav=(
        NavEntry(
            label=_("Кой беше чут"),
            endpoint="participation_citizen.index",
            hint=_("Колко хора казаха мнение през годината и какво последва"),
            weight=36,
        ),
        NavEntry(
            label=_("Кой беше чут"),
            endpoint="participation_console.index",
            permission=ParticipationPermission.PREPARE,
            weight=36,
        ),
    ),
    todo=TODO,
    citizen=citizen,
    console=console,
    region=region,
    events=EVENTS,
    notices={
        "participation.counted": _("Числата са преброени"),
        "participation.foreworded": _("Предговорът е запазен"),
        "participation.published": _("Отчетът е публикуван. Хората вече го виждат."),
    },
    jobs=JOBS,
    reactions=REACTIONS,
    search=SEARCH,
    datasets=DATASETS,
    unfinished=unfinished,
    canary=Unmarked(because="all that its pages show is public"),
    seeds=seed,
    privacy=NoPersonalData(because="figures alone, small ones hidden before they are kept"),
)
