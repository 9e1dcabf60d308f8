"""Manifest of warnings: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.crisis.citizen import citizen
from obshto.modules.crisis.console import console
from obshto.modules.crisis.events import EVENTS
from obshto.modules.crisis.jobs import JOBS
from obshto.modules.crisis.models import (
    CallContact,
    ContactCall,
    Crisis,
    CrisisMessage,
    MessageChange,
    RegionalAlarm,
)
from obshto.modules.crisis.notifications import NOTIFICATIONS, TOPICS
from obshto.modules.crisis.paper import paper_of
from obshto.modules.crisis.permissions import CrisisPermission
from obshto.modules.crisis.privacy import erase, export
from obshto.modules.crisis.reactions import REACTIONS
from obshto.modules.crisis.region import region
from obshto.modules.crisis.search import SEARCH
from obshto.modules.crisis.seeds import seed
from obshto.modules.crisis.services.access_log import GROUND, KINDS, PURPOSES, described
from obshto.modules.crisis.services.alarms_port import CrisisAlarms
from obshto.modules.crisis.services.consents import CONSENTS
from obshto.modules.crisis.services.contacts import contacts
from obshto.modules.crisis.services.control import plant
from obshto.modules.crisis.services.kinds import PART
from obshto.modules.crisis.services.queries import all_crises
from obshto.modules.crisis.settings import CrisisSettings
from obshto.modules.crisis.todo import TODO
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    RiskCriterion,
)
from obshto.platform.modularity.public_alarms import PublicAlarms
from obshto.platform.soft_delete import count
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    running, people = count(uow, all_crises()), count(uow, contacts())
    losses = (
        (
            running,
            ngettext(
                "%(num)s предупреждение, което не е приключило",
                "%(num)s предупреждения, които не са приключили",
                running,
            ),
        ),
        (
            people,
            ngettext(
                "%(num)s човек чака обаждане при бедствие",
                "%(num)s души чакат обаждане при бедствие",
                people,
            ),
        ),
    )
    return [sentence for number, sentence in losses if number]


MODULE = ModuleManifest(
    slug=PART,
    folder=Path(__file__).parent,
    title=_("Предупреждения при бедствие"),
    summary=_("Един текст стига навсякъде: портал, имейл, SMS, плакати и обаждания."),
    called="бедствие наводнение пожар опасност авария буря тревога предупреждение учение",
    models=(Crisis, CrisisMessage, MessageChange, CallContact, ContactCall, RegionalAlarm),
    permissions=tuple(CrisisPermission),
    door=Door.LIFE,
    nav=(
        NavEntry(
            label=_("Предупреждения при бедствие"),
            endpoint="crisis_citizen.index",
            hint=_("Какво става сега и какво да направите"),
            weight=64,
        ),
        NavEntry(
            label=_("Предупреждения при бедствие"),
            endpoint="crisis_console.index",
            permission=CrisisPermission.WARN,
            weight=12,
        ),
        NavEntry(
            label=_("Обаждания при бедствие"),
            endpoint="crisis_console.rounds",
            permission=CrisisPermission.CALL,
            weight=13,
        ),
    ),
    own_data=(
        NavEntry(
            label=_("Обаждане при бедствие"),
            endpoint="crisis_citizen.call_me",
            hint=_("Дали и на кой телефон да Ви се обадим"),
            weight=36,
        ),
    ),
    shortcuts=(
        NavEntry(
            label=_("Предупредете хората"),
            endpoint="crisis_console.choose",
            permission=CrisisPermission.WARN,
            weight=12,
        ),
    ),
    todo=TODO,
    citizen=citizen,
    console=console,
    region=region,
    settings=CrisisSettings,
    events=EVENTS,
    notices={
        "crisis.written": _("Текстът е записан и още не е тръгнал. Чака потвърждение."),
        "crisis.saved": _("Промените са записани. Който потвърждава, вижда новия текст."),
        "crisis.sent": _("Текстът тръгна към всички. Тук виждате докъде е стигнал."),
        "crisis.dropped": _("Текстът е изтрит. Не е изпратен на никого."),
        "crisis.call-ended": _("Отбелязахме обаждането"),
        "crisis.nobody-left": _("Сега няма на кого да се обадите"),
        "crisis.person-written": _("Човекът е записан в списъка"),
        "crisis.person-saved": _("Записът е променен"),
        "crisis.person-removed": _("Името и телефонът на човека са изтрити"),
        "crisis.own-saved": _("Записахме. При бедствие ще Ви се обадим."),
        "crisis.own-removed": _("Изтрихме името и телефона Ви. Няма да Ви се обаждаме."),
    },
    reactions=REACTIONS,
    notifications=NOTIFICATIONS,
    topics=TOPICS,
    jobs=JOBS,
    search=SEARCH,
    paper=paper_of,
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    offers={PublicAlarms: CrisisAlarms()},
    processing=(
        Processing(
            word="call",
            title=_("Обаждане при бедствие"),
            purpose=_("да Ви се обадим, когато има опасност"),
            ground=GROUND,
            kinds=KINDS,
            recipients=_("служителите, които се обаждат"),
            kept=_("докато се откажете; кога сме се обадили – 90 дни след края"),
            looks=PURPOSES,
            describe=described,
            criteria=(RiskCriterion.SENSITIVE, RiskCriterion.VULNERABLE),
        ),
        Processing(
            word="warning",
            title=_("Предупреждения при бедствие"),
            purpose=_("да научите за опасност веднага, по всеки адрес, който сте ни дали"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „г“ и „д“",
            kinds=(DataKind.CONTACT, DataKind.ACTS),
            recipients=_("доставчиците на имейл и на SMS"),
            kept=_("текстовете и кой ги е потвърдил – 5 години след края"),
        ),
    ),
    consents=CONSENTS,
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.LIFE,
        retention=_(
            "Пазим името и телефона Ви, докато поискате да ги изтрием. Кога сме се обадили,"
            " забравяме 90 дни след края на опасността."
        ),
    ),
)
