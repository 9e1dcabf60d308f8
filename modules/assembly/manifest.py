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
from obshto.modules.assembly.services.places import entries_between
from obshto.modules.assembly.services.queries import open_number
from obshto.modules.assembly.services.scans import GROUND, KINDS, PURPOSES, described
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
)
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    number = open_number(uow)
    lost = ngettext(
        "%(num)s общо събрание, което предстои или чака изпълнение",
        "%(num)s общи събрания, които предстоят или чакат изпълнение",
        number,
    )
    return [lost] if number else []


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
            label=_("Общи събрания"),
            endpoint="assembly_console.index",
            permission=AssemblyPermission.READ,
            weight=48,
        ),
    ),
    examples=(_("общо събрание"),),
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
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STAFF,
        retention=_(
            "Кой е дошъл на общо събрание и как е гласувал, не знаем: в портала е само броят. Кой"
            " служител какво е записал, пазим, докато е служител с профил тук. Подписаният протокол"
            " вижда само кой го записва."
        ),
    ),
)
