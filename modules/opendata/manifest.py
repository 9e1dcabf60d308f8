"""Manifest of open data: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from obshto.modules.opendata.citizen import citizen
from obshto.modules.opendata.console import console
from obshto.modules.opendata.events import EVENTS
from obshto.modules.opendata.jobs import JOBS
from obshto.modules.opendata.models import MODELS, InformationCounter, InformationRequest
from obshto.modules.opendata.notifications import NOTIFICATIONS
from obshto.modules.opendata.permissions import OpendataPermission
from obshto.modules.opendata.privacy import erase, export
from obshto.modules.opendata.region import region
from obshto.modules.opendata.search import SEARCH
from obshto.modules.opendata.seeds import plant, seed
from obshto.modules.opendata.services.dataset_pages import CatalogueSetPages
from obshto.modules.opendata.services.request_queries import ANSWER, GROUND, described
from obshto.modules.opendata.services.request_states import OPEN
from obshto.modules.opendata.services.year_figures import WAYS
from obshto.modules.opendata.todo import DUE, TODO
from obshto.platform.modularity.dataset_pages import DatasetPages
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    waiting = select(func.count()).select_from(InformationRequest)
    number = uow.session.scalar(waiting.where(InformationRequest.state.in_(OPEN))) or 0
    lost = ngettext(
        "%(num)s отворено искане за информация", "%(num)s отворени искания за информация", number
    )
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="opendata",
    folder=Path(__file__).parent,
    title=_("Отворени данни"),
    summary=_("Данните на общината като таблици за всеки, и искания за обществена информация."),
    called="отворени данни таблица csv здои обществена информация достъп",
    models=MODELS,
    outlives_restore=frozenset((InformationCounter.__tablename__,)),  # no number is given twice
    permissions=tuple(OpendataPermission),
    door=Door.MUNICIPALITY,
    nav=(
        NavEntry(
            label=_("Отворени данни"),
            endpoint="opendata_citizen.index",
            hint=_("Таблици, които може да изтеглите и да ползвате свободно"),
            weight=50,
        ),
        NavEntry(
            label=_("Достъп до обществена информация"),
            endpoint="opendata_citizen.requests.index",
            hint=_("Попитайте общината за документ или число. Отговорът идва до 14 дни."),
            weight=52,
        ),
        NavEntry(
            label=_("Набори от данни"),
            endpoint="opendata_console.index",
            permission=OpendataPermission.PUBLISH,
            weight=50,
        ),
        NavEntry(
            label=_("Искания за информация"),
            endpoint="opendata_console.requests.index",
            permission=OpendataPermission.ANSWER,
            weight=52,
        ),
    ),
    own_data=(
        NavEntry(
            label=_("Вашите искания за информация"),
            endpoint="opendata_citizen.requests.mine",
            hint=_("Докъде са стигнали и до кога общината отговаря"),
            weight=35,
        ),
    ),
    todo=TODO,
    due=DUE,
    citizen=citizen,
    region=region,
    console=console,
    offers={DatasetPages: CatalogueSetPages()},
    events=EVENTS,
    notices={
        "opendata.sent": _("Приехме искането Ви"),
        "opendata.clarified": _("Уточнихте искането. Срокът тече от начало."),
        "opendata.withdrawn": _("Оттеглихте искането"),
        "opendata.refreshing": _("Прегледът на наборите започна. След малко е готов."),
        "opendata.brought": _("Прочетохме файла. Прегледайте го и го публикувайте."),
        "opendata.edited": _("Промените са запазени"),
        "opendata.published": _("Наборът е публикуван"),
        "opendata.set-withdrawn": _("Гражданите вече не виждат набора"),
        "opendata.entered": _("Искането е записано"),
        "opendata.taken": _("Искането вече е Ваше"),
        "opendata.asked": _("Въпросът е изпратен. Срокът спря."),
        "opendata.longer": _("Удължихте срока и човекът е уведомен"),
        "opendata.answered": _("Отговорът е изпратен"),
        "opendata.refused": _("Отказът е изпратен"),
        "opendata.forwarded": _("Отбелязахте, че искането е препратено"),
    },
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    search=SEARCH,
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    processing=(
        Processing(
            word="request",
            title=_("Искания за информация"),
            purpose=_("да дадем информацията, която искате"),
            ground=GROUND,
            kinds=(DataKind.NAME, DataKind.CONTACT, DataKind.ADDRESS, DataKind.WORDS),
            recipients=_("служителите, които отговарят за исканията за информация"),
            kept=_("5 години след отговора"),
            looks={ANSWER: _("Отговаря на Вашето искане за информация")},
            describe=described,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.ACTS,
        retention=_(
            "Пазим кой е искал информация 5 години след отговора. После остават темата, датите и"
            " публичният отговор."
        ),
        outlives_erasure=True,
    ),
    participation=WAYS,
)
