"""Manifest of centres: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.centres.citizen import citizen
from obshto.modules.centres.console import console
from obshto.modules.centres.datasets import DATASETS
from obshto.modules.centres.events import EVENTS
from obshto.modules.centres.home import reception_today
from obshto.modules.centres.jobs import JOBS
from obshto.modules.centres.map_layers import MAP_LAYERS
from obshto.modules.centres.models import MODELS
from obshto.modules.centres.notifications import NOTIFICATIONS
from obshto.modules.centres.paper import paper_of
from obshto.modules.centres.permissions import CentresPermission
from obshto.modules.centres.privacy import erase, export
from obshto.modules.centres.region import region
from obshto.modules.centres.search import SEARCH
from obshto.modules.centres.seeds import plant, seed
from obshto.modules.centres.services.booking_kind import KIND
from obshto.modules.centres.services.kinds import PART
from obshto.modules.centres.services.queries import published
from obshto.modules.centres.services.volunteers import GROUND, PURPOSES, described
from obshto.modules.centres.todo import DUE, TODO
from obshto.platform.bookings.queries import coming_number
from obshto.platform.modularity.manifest import (
    DataKind,
    DelegableAct,
    Door,
    Errand,
    ModuleManifest,
    NavEntry,
    NoOwnConsents,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.soft_delete import count
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    shown, coming = count(uow, published()), coming_number(uow, PART)
    losses = (
        (
            shown,
            ngettext(
                "%(num)s публикуван център или приемно време",
                "%(num)s публикувани центъра и приемни времена",
                shown,
            ),
        ),
        (coming, ngettext("%(num)s запазен час", "%(num)s запазени часа", coming)),
    )
    return [sentence for number, sentence in losses if number]


MODULE = ModuleManifest(
    slug="centres",
    folder=Path(__file__).parent,
    datasets=DATASETS,
    title=_("Дигитални центрове"),
    summary=_("Компютър, тиха стая, час с помощник и приемно време: запазване и без записване."),
    called="център компютър интернет помощ записване час приемно време кмет прием",
    models=MODELS,
    permissions=tuple(CentresPermission),
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Дигитални центрове"),
            endpoint="centres_citizen.index",
            hint=_("Компютър, интернет и човек, който помага: запазете час или елате"),
            is_task=True,
            weight=20,
        ),
        NavEntry(
            label=_("Приемно време"),
            endpoint="centres_citizen.reception",
            hint=_("Кога приемат кметът и отделите; запишете се"),
            weight=22,
        ),
        NavEntry(
            label=_("Моите запазени часове"),
            endpoint="centres_citizen.mine",
            hint=_("Вижте, преместете или отменете час"),
            weight=24,
        ),
        NavEntry(
            label=_("Центрове и приемно време"),
            endpoint="centres_console.index",
            permission=CentresPermission.SEE,
            weight=20,
        ),
        NavEntry(
            label=_("Запазени часове"),
            endpoint="centres_console.booked",
            permission=CentresPermission.HANDLE,
            weight=21,
        ),
        NavEntry(
            label=_("Кого да потърсим по телефона"),
            endpoint="centres_console.calls",
            permission=CentresPermission.HANDLE,
            weight=22,
        ),
        NavEntry(
            label=_("Приемни часове"),
            endpoint="centres_console.received",
            permission=CentresPermission.RECEIVE,
            weight=22,
        ),
        NavEntry(
            label=_("Моите дежурства"),
            endpoint="centres_console.duty",
            permission=CentresPermission.HANDLE,
            weight=23,
        ),
        NavEntry(
            label=_("Вещи в центровете"),
            endpoint="centres_console.items",
            permission=CentresPermission.INVENTORY,
            weight=24,
        ),
    ),
    errands=(
        Errand(
            label=_("Запазете час при кмета или отдел"),
            endpoint="centres_citizen.reception",
            icon="user",
            weight=45,
        ),
    ),
    examples=(_("приемно време на кмета"),),
    delegable=(
        DelegableAct(
            word="centres:book",
            label=_("Запазва и отменя часове"),
            blueprint="centres_citizen",
            views=("times", "book", "booking", "cancel", "accept", "move", "calendar"),
        ),
    ),
    citizen=citizen,
    console=console,
    region=region,
    today=reception_today,
    bookings=(KIND,),
    todo=TODO,
    due=DUE,
    paper=paper_of,
    notifications=NOTIFICATIONS,
    events=EVENTS,
    notices={
        "centres.booked": _("Часът е Ваш"),
        "centres.queued": _("Записахме Ви при чакащите"),
        "centres.calendar": _("Адресът на календара е готов"),
        "centres.moved": _("Часът е преместен"),
        "centres.cancelled": _("Часът е отменен"),
        "centres.entered": _("Записахте човека"),
        "centres.looked": _("Хората ще видят, че сте гледали имената им"),
        "centres.agreed": _("Записано е. Човекът го чете на страницата на своя час."),
        "centres.called": _("Записахме как е минало обаждането"),
        "centres.written": _("Записано е като чернова. Добавете какво се запазва и публикувайте."),
        "centres.saved": _("Промените са запазени"),
        "centres.published": _("Гражданите вече го виждат"),
        "centres.hidden": _("Гражданите вече не го виждат"),
        "centres.swallowed": _("Отменихме часовете и писахме на хората"),
        "centres.guest": _("Гостът има номер"),
        "centres.seated": _("Гостът е на мястото си"),
        "centres.extended": _("Времето е удължено"),
        "centres.left": _("Гостът вече не чака"),
        "centres.wiped": _("Мястото е свободно. Изтрийте оставеното на компютъра."),
        "centres.item-written": _("Вещта е записана. Отпечатайте ѝ етикет."),
        "centres.item-broken": _("Повредата е отбелязана"),
        "centres.item-repaired": _("Ремонтът е записан"),
        "centres.item-written-off": _("Вещта е отписана"),
        "centres.item-back": _("Вещта отново е в описа"),
        "centres.shift-given": _("Дежурството е записано. Пишем на човека."),
        "centres.shift-cancelled": _("Дежурството е отменено. Пишем на човека."),
        "centres.shift-taken": _("Дежурството вече е Ваше"),
        "centres.substitute-asked": _("Пишем на колегите, че се търси заместник"),
        "centres.substitute-off": _("Вече не търсим заместник"),
        "centres.week-copied": _("Седмицата е копирана. Пишем на хората."),
        "centres.week-empty": _("Нямаше какво да се копира"),
        "centres.volunteer-written": _("Доброволецът е записан"),
        "centres.volunteer-left": _("Доброволецът вече не е в списъка"),
        "centres.survey-begun": _("Анкетата е готова като чернова. Прочетете я и я публикувайте."),
        "centres.phone-opened": _("Телефонът е отворен. Записахме, че сте го видели."),
    },
    jobs=JOBS,
    search=SEARCH,
    map_layers=MAP_LAYERS,
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    processing=(
        Processing(
            word="rota",
            title=_("Дежурства в центровете"),
            purpose=_("да се знае кой посреща хората и на кого да се обадим"),
            ground=GROUND,
            kinds=(DataKind.NAME, DataKind.CONTACT),
            recipients=_("служителите, които правят дежурствата; телефона отварят само те"),
            kept=_("телефона, докато доброволецът помага; името още 90 дни"),
            looks=PURPOSES,
            describe=described,
        ),
    ),
    consents=NoOwnConsents(because="a volunteer has no account: staff end it when told"),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.ACTS,
        retention=_(
            "Телефона на доброволец пазим, докато помага в центъра, а името още 90 дни. После"
            " остават само часовете на дежурство."
        ),
    ),
)
