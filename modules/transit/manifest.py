"""Manifest of transit: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.transit.citizen import citizen
from obshto.modules.transit.console import console
from obshto.modules.transit.datasets import DATASETS
from obshto.modules.transit.events import EVENTS
from obshto.modules.transit.home import today
from obshto.modules.transit.jobs import JOBS
from obshto.modules.transit.map_layers import MAP_LAYERS
from obshto.modules.transit.models import MODELS
from obshto.modules.transit.notifications import NOTIFICATIONS, TOPICS
from obshto.modules.transit.permissions import TransitPermission
from obshto.modules.transit.privacy import erase, export
from obshto.modules.transit.reactions import REACTIONS
from obshto.modules.transit.region import region
from obshto.modules.transit.search import SEARCH
from obshto.modules.transit.seeds import plant, seed
from obshto.modules.transit.services.line_followers import described
from obshto.modules.transit.services.queries import drafts, published
from obshto.modules.transit.services.rides import BusRides
from obshto.platform.modularity.bus_routes import BusRoutes
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    Errand,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.soft_delete import counts
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """Counts of lines that citizens would lose."""
    number = counts(uow, {"shown": published(), "drafts": drafts()})
    shown, begun = number["shown"], number["drafts"]
    losses = (
        (shown, ngettext("%(num)s автобусна линия", "%(num)s автобусни линии", shown)),
        (begun, ngettext("%(num)s чернова на линия", "%(num)s чернови на линии", begun)),
    )
    return [sentence for count, sentence in losses if count]


MODULE = ModuleManifest(
    slug="transit",
    folder=Path(__file__).parent,
    datasets=DATASETS,
    title=_("Автобуси"),
    summary=_("Линии, спирки и разписания: кога е следващият автобус и как се стига дотам."),
    called="автобус автобуси разписание спирка линия рейс автогара",
    models=MODELS,
    permissions=tuple(TransitPermission),
    door=Door.LIFE,
    nav=(
        NavEntry(
            label=_("Автобуси"),
            endpoint="transit_citizen.index",
            hint=_("Разписания, спирки и как да стигнете и да се върнете"),
            is_task=True,
            weight=21,
        ),
        NavEntry(
            label=_("Автобуси"),
            endpoint="transit_console.index",
            permission=TransitPermission.WRITE,
            weight=26,
        ),
    ),
    errands=(
        Errand(
            label=_("Вижте кога има автобус"),
            endpoint="transit_citizen.index",
            icon="pin",
            weight=55,
        ),
    ),
    examples=(_("автобус"),),
    citizen=citizen,
    console=console,
    region=region,
    today=today,
    events=EVENTS,
    notices={
        "transit.written": _("Линията е запазена като чернова. Сега въведете разписанието."),
        "transit.saved": _("Промените са запазени. Гражданите ще ги видят, когато ги публикувате."),
        "transit.published": _("Разписанието е публикувано. Гражданите вече го виждат."),
        "transit.hidden": _("Линията е скрита и стои при черновите"),
        "transit.deleted": _("Линията е изтрита. До 30 дни може да я върнете."),
        "transit.restored": _("Линията е върната"),
        "transit.reverted": _("По-ранното разписание е върнато в черновата"),
        "transit.told": _("Съобщението е публикувано. Който следи автобусите, ще получи писмо."),
        "transit.withdrawn": _("Съобщението е свалено"),
        "transit.stop-saved": _("Спирката е запазена"),
        "transit.stop-deleted": _("Спирката е изтрита"),
        "transit.days-saved": _("Дните са запазени"),
        "transit.days-deleted": _("Дните са изтрити"),
    },
    notifications=NOTIFICATIONS,
    topics=TOPICS,
    reactions=REACTIONS,
    jobs=JOBS,
    search=SEARCH,
    map_layers=MAP_LAYERS,
    offers={BusRoutes: BusRides()},
    unfinished=unfinished,
    seeds=seed,
    canary=plant,
    processing=(
        Processing(
            word="timetable",
            title=_("Разписания"),
            purpose=_("да се знае кой служител какво е променил"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“",
            kinds=(DataKind.ACTS,),
            recipients=_("служителите, които водят разписанията"),
            kept=_("докато се пази разписанието"),
            describe=described,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STAFF,
        retention=_(
            "Пазим кой служител е променил разписание, докато то се пази. Изтритите линии – 30 дни."
        ),
    ),
)
