"""What places contribute: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.places.citizen import citizen
from obshto.modules.places.console import console
from obshto.modules.places.datasets import DATASETS
from obshto.modules.places.events import EVENTS
from obshto.modules.places.home import office_today, open_now
from obshto.modules.places.jobs import JOBS
from obshto.modules.places.map_layers import MAP_LAYERS
from obshto.modules.places.models import Place, Walk
from obshto.modules.places.notifications import NOTIFICATIONS
from obshto.modules.places.permissions import PlacesPermission
from obshto.modules.places.search import SEARCH
from obshto.modules.places.seeds import plant, seed
from obshto.modules.places.selfcheck import SELFCHECK
from obshto.modules.places.services.map_link import MapLink
from obshto.modules.places.services.queries import count, drafts, published
from obshto.modules.places.settings import PlacesSettings
from obshto.platform.maps.chart import MapOfAll
from obshto.platform.modularity.manifest import (
    Door,
    Errand,
    ModuleManifest,
    NavEntry,
    NoPersonalData,
)
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose, what editors have begun."""
    shown, waiting = count(uow, published()), count(uow, drafts())
    losses = (
        (shown, ngettext("%(num)s публикувано място", "%(num)s публикувани места", shown)),
        (waiting, ngettext("%(num)s чернова на място", "%(num)s чернови на места", waiting)),
    )
    return [sentence for number, sentence in losses if number]


MODULE = ModuleManifest(
    slug="places",
    folder=Path(__file__).parent,
    datasets=DATASETS,
    title=_("Места"),
    summary=_("Къде какво има и кога работи: служби, аптеки, лекари, магазини, забележителности."),
    called="места аптека лекар магазин поща банка музей забележителности",
    models=(Place, Walk),
    permissions=tuple(PlacesPermission),
    door=Door.LIFE,
    nav=(
        NavEntry(
            label=_("Места"),
            endpoint="places_citizen.index",
            hint=_("Лекари, аптеки, магазини, служби: къде са и кога работят"),
            is_task=True,
            weight=40,
        ),
        NavEntry(
            label=_("Карта"),
            endpoint="places_citizen.chart",
            hint=_("Места, спирки, събития и сигнали на една карта"),
            weight=41,
        ),
        NavEntry(
            label=_("Разходки"),
            endpoint="places_citizen.walks",
            hint=_("Забележителностите една след друга, с карта и за печат"),
            weight=42,
        ),
        NavEntry(
            label=_("Места"),
            endpoint="places_console.index",
            permission=PlacesPermission.WRITE,
            weight=40,
        ),
    ),
    errands=(
        Errand(
            label=_("Намерете лекар, аптека, служба"),
            endpoint="places_citizen.index",
            icon="pin",
            weight=40,
        ),
    ),
    citizen=citizen,
    console=console,
    home=open_now,
    today=office_today,
    examples=(_("аптека"),),
    settings=PlacesSettings,
    events=EVENTS,
    notices={
        "places.taken": _("Местата от таблицата са записани"),
        "places.taken-some": _(
            "Записахме местата, без тези, които някой промени междувременно. Прикачете таблицата"
            " отново, за да видите кои са."
        ),
        "places.written": _("Мястото е запазено. Гражданите ще го видят, когато го публикувате."),
        "places.saved": _("Промените са запазени"),
        "places.published": _("Мястото е публикувано. Гражданите вече го виждат."),
        "places.hidden": _("Мястото е скрито и стои при черновите"),
        "places.confirmed": _("Работното време е потвърдено с днешна дата"),
        "places.picture-set": _("Снимката е запазена"),
        "places.picture-added": _("Снимката е добавена"),
        "places.picture-removed": _("Снимката е махната"),
        "places.walk-written": _(
            "Разходката е запазена. Гражданите ще я видят, когато я публикувате."
        ),
        "places.walk-published": _("Разходката е публикувана. Гражданите вече я виждат."),
        "places.walk-hidden": _("Разходката е скрита и стои при черновите"),
        "places.walk-deleted": _("Разходката е изтрита. До 30 дни може да я върнете."),
        "places.walk-restored": _("Разходката е върната"),
        "places.deleted": _("Мястото е изтрито. До 30 дни може да го върнете."),
        "places.restored": _("Мястото е върнато"),
    },
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    search=SEARCH,
    map_layers=MAP_LAYERS,
    offers={MapOfAll: MapLink()},
    selfcheck=SELFCHECK,
    unfinished=unfinished,
    seeds=seed,
    canary=plant,
    privacy=NoPersonalData(
        because="a place has the phone of an office and no person's name; who changed what stands"
        " in the log"
    ),
)
