"""Manifest of assembly: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.assembly.citizen import citizen
from obshto.modules.assembly.console import console
from obshto.modules.assembly.events import EVENTS
from obshto.modules.assembly.jobs import JOBS
from obshto.modules.assembly.models import MODELS, AssemblyCounter
from obshto.modules.assembly.notifications import NOTIFICATIONS, TOPICS
from obshto.modules.assembly.paper import paper_of
from obshto.modules.assembly.permissions import AssemblyPermission
from obshto.modules.assembly.privacy import erase, export
from obshto.modules.assembly.search import SEARCH
from obshto.modules.assembly.seeds import seed
from obshto.modules.assembly.services.control import plant
from obshto.modules.assembly.services.petition_paper import PAPER, petitions_described
from obshto.modules.assembly.services.petition_queries import open_petitions
from obshto.modules.assembly.services.places import entries_between
from obshto.modules.assembly.services.queries import open_number
from obshto.modules.assembly.services.scans import GROUND, KINDS, PURPOSES, described
from obshto.modules.assembly.services.year_figures import WAYS
from obshto.modules.assembly.settings import AssemblySettings
from obshto.modules.assembly.stations import STATIONS
from obshto.modules.assembly.todo import DUE, TODO
from obshto.platform.modularity.manifest import (
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    RiskCriterion,
)
from obshto.platform.petitions.acts import KINDS as PAPER_KINDS
from obshto.platform.petitions.acts import PURPOSES as PAPER_PURPOSES
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    number = open_number(uow)
    lost = ngettext(
        "%(num)s общо събрание, което предстои или чака изпълнение",
        "%(num)s общи събрания, които предстоят или чакат изпълнение",
        number,
    )
    signing = open_petitions(uow)
    unsigned = ngettext(
        "%(num)s подписка за общо събрание",
        "%(num)s подписки за общо събрание",
        signing,
    )
    return [lost] * bool(number) + [unsigned] * bool(signing)


MODULE = ModuleManifest(
    slug="assembly",
    folder=Path(__file__).parent,
    title=_("Общи събрания"),
    summary=_("Хората от едно село или квартал се събират в залата и решават; тук се вижда какво."),
    called="общо събрание на населението село квартал кворум решение на селото",
    models=MODELS,
    outlives_restore=frozenset((AssemblyCounter.__tablename__,)),  # no number is given twice
    permissions=tuple(AssemblyPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Общи събрания"),
            endpoint="assembly_citizen.index",
            hint=_("Кога се събират хората от селото, какво решиха и какво последва"),
            is_task=True,
            weight=48,
        ),
        NavEntry(
            label=_("Моите подписки за общо събрание"),
            endpoint="assembly_citizen.mine",
            hint=_("Подписки за общо събрание, които водите"),
            weight=49,
        ),
        NavEntry(
            label=_("Подписки за общо събрание"),
            endpoint="assembly_console.petitions",
            permission=AssemblyPermission.READ,
            weight=49,
        ),
        NavEntry(
            label=_("Общи събрания"),
            endpoint="assembly_console.index",
            permission=AssemblyPermission.READ,
            weight=48,
        ),
    ),
    examples=(_("общо събрание"), _("подписка за общо събрание")),
    shortcuts=(
        NavEntry(
            label=_("Свикайте общо събрание"),
            endpoint="assembly_console.new",
            permission=AssemblyPermission.CALL,
            weight=48,
        ),
    ),
    todo=TODO,
    due=DUE,
    citizen=citizen,
    console=console,
    calendar=entries_between,
    settings=AssemblySettings,
    events=EVENTS,
    notices={
        "assembly.drafted": _("Черновата е записана. Сега добавете въпросите."),
        "assembly.petition": _("Черновата е записана. Прегледайте я и започнете подписката."),
        "assembly.printed": _("Листата са номерирани"),
        "assembly.row": _("Редът е записан"),
        "assembly.looked": _("Записахме, че отваряте подписката"),
        "assembly.saved": _("Промените са записани"),
        "assembly.asked": _("Въпросът е записан"),
        "assembly.removed": _("Въпросът е махнат"),
        "assembly.stepped": _("Стъпката е записана"),
        "assembly.discarded": _("Черновата е изтрита"),
        "assembly.counted": _("Броят на присъстващите е записан"),
        "assembly.voted": _("Гласуването е записано"),
        "assembly.closed": _("Протоколът е приключен. Всички виждат резултата."),
        "assembly.scanned": _("Подписаният протокол е качен"),
        "assembly.followed": _("Стъпката по решението е записана"),
    },
    notifications=NOTIFICATIONS,
    topics=TOPICS,
    jobs=JOBS,
    search=SEARCH,
    paper=paper_of,
    stations=STATIONS,
    participation=WAYS,
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    processing=(
        Processing(
            word="minutes",
            title=_("Подписани протоколи на общи събрания"),
            purpose=_("да се сверят числата с протокола, под който стоят имена и подписи"),
            ground=GROUND,
            kinds=KINDS,
            recipients=_("кметът и общинският съвет"),
            kept=_("докато събранието стои в портала"),
            looks=PURPOSES,
            describe=described,
        ),
        Processing(
            word="petition",
            title=_("Подписки за общо събрание"),
            purpose=_("да се провери колко гласоподаватели искат събранието"),
            ground=PAPER.ground,
            kinds=PAPER_KINDS,
            recipients=_("който води подписката, кметът и ГРАО"),
            kept=_("шест месеца след края, ако общината не е решила друго"),
            looks=PAPER_PURPOSES,
            describe=petitions_described,
            criteria=(RiskCriterion.SENSITIVE, RiskCriterion.MATCHING),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STAFF,
        retention=_(
            "Кой е дошъл на общо събрание и как е гласувал, не знаем: в портала е само броят. Кой"
            " служител какво е записал, пазим, докато е служител с профил тук. Подписаният протокол"
            " вижда само кой го записва. Имената, ЕГН и адресите в подписка за събрание пазим след"
            " края колкото е избрала общината: шест месеца, ако не е решила друго. После остава"
            " само колко са подписали."
        ),
        outlives_erasure=True,
    ),
)
