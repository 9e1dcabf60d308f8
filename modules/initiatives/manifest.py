"""Manifest of initiatives: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.initiatives.citizen import citizen
from obshto.modules.initiatives.console import console
from obshto.modules.initiatives.events import EVENTS
from obshto.modules.initiatives.jobs import JOBS
from obshto.modules.initiatives.models import MODELS, InitiativeCounter
from obshto.modules.initiatives.notifications import NOTIFICATIONS, TOPICS
from obshto.modules.initiatives.outcomes import OUTCOMES
from obshto.modules.initiatives.permissions import InitiativesPermission
from obshto.modules.initiatives.privacy import erase, export
from obshto.modules.initiatives.search import SEARCH
from obshto.modules.initiatives.seeds import seed
from obshto.modules.initiatives.services.control import plant
from obshto.modules.initiatives.services.moderation import InitiativeModeration
from obshto.modules.initiatives.services.petition import PETITION, described
from obshto.modules.initiatives.services.queries import open_number
from obshto.modules.initiatives.services.year_figures import WAYS
from obshto.modules.initiatives.settings import InitiativesSettings
from obshto.modules.initiatives.stations import STATIONS
from obshto.modules.initiatives.todo import ANSWERS, DUE, TODO
from obshto.platform.moderation.port import ModeratedPart
from obshto.platform.modularity.manifest import (
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    RiskCriterion,
)
from obshto.platform.modularity.public_outcomes import OUTCOMES_LINE
from obshto.platform.petitions.acts import KINDS, LOOKS
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    number = open_number(uow)
    lost = ngettext(
        "%(num)s гражданска инициатива без отговор",
        "%(num)s граждански инициативи без отговор",
        number,
    )
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="initiatives",
    folder=Path(__file__).parent,
    title=_("Граждански инициативи"),
    summary=_("Предложение с подписи на хартия, на което съветът или кметът отговаря до месец."),
    called="гражданска инициатива подписка петиция комитет събрание подписи",
    models=MODELS,
    outlives_restore=frozenset((InitiativeCounter.__tablename__,)),  # no number is given twice
    permissions=tuple(InitiativesPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Граждански инициативи"),
            endpoint="initiatives_citizen.index",
            hint=_("Какво искат хората с подписи, докъде е стигнало и кой отговаря до кога"),
            is_task=True,
            weight=46,
        ),
        OUTCOMES_LINE,
        NavEntry(
            label=_("Моите граждански инициативи"),
            endpoint="initiatives_citizen.mine",
            hint=_("Инициативи, в чийто комитет сте"),
            weight=47,
        ),
        NavEntry(
            label=_("Граждански инициативи"),
            endpoint="initiatives_console.index",
            permission=InitiativesPermission.READ,
            weight=46,
        ),
    ),
    examples=(_("подписка до кмета"),),
    citizen=citizen,
    console=console,
    todo=TODO,
    outcomes=OUTCOMES,
    answers=ANSWERS,
    due=DUE,
    settings=InitiativesSettings,
    events=EVENTS,
    notices={
        "initiatives.drafted": _("Черновата е записана"),
        "initiatives.saved": _("Промените са записани"),
        "initiatives.stepped": _("Стъпката е записана"),
        "initiatives.discarded": _("Черновата е изтрита"),
        "initiatives.member": _("Членът на комитета е записан"),
        "initiatives.joined": _("Вече сте в комитета"),
        "initiatives.printed": _("Листата са номерирани"),
        "initiatives.row": _("Редът е записан"),
        "initiatives.looked": _("Записахме, че отваряте подписката"),
        "initiatives.hidden": _("Гражданите вече не виждат текста на инициативата"),
        "initiatives.shown": _("Гражданите отново виждат текста на инициативата"),
    },
    notifications=NOTIFICATIONS,
    topics=TOPICS,
    jobs=JOBS,
    search=SEARCH,
    stations=STATIONS,
    offers={ModeratedPart: InitiativeModeration()},
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    processing=(
        Processing(
            word="petition",
            title=_("Подписки за граждански инициативи"),
            purpose=_("да се провери кои граждани подкрепят инициативата"),
            ground=PETITION.ground,
            kinds=KINDS,
            recipients=_("инициативният комитет, органът, който отговаря, и ГРАО"),
            kept=_("шест месеца след края, ако общината не е решила друго"),
            looks=LOOKS,
            describe=described,
            criteria=(RiskCriterion.SENSITIVE, RiskCriterion.MATCHING),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.LAW,
        retention=_(
            "Имената, ЕГН и адресите в подписката и в комитета пазим след края колкото е избрала"
            " общината: шест месеца, ако не е решила друго. После остава само колко са подписали."
        ),
        outlives_erasure=True,
    ),
    participation=WAYS,
)
