"""Manifest of referenda: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.referendum.citizen import citizen
from obshto.modules.referendum.console import console
from obshto.modules.referendum.events import EVENTS
from obshto.modules.referendum.home import called
from obshto.modules.referendum.jobs import JOBS
from obshto.modules.referendum.models import MODELS, RegisterCounter
from obshto.modules.referendum.notifications import NOTIFICATIONS, TOPICS
from obshto.modules.referendum.permissions import ReferendumPermission
from obshto.modules.referendum.privacy import erase, export
from obshto.modules.referendum.region import region
from obshto.modules.referendum.search import SEARCH
from obshto.modules.referendum.seeds import seed
from obshto.modules.referendum.services.access_log import described
from obshto.modules.referendum.services.called_port import (
    CalledReferenda,
    ReferendumOutcomes,
)
from obshto.modules.referendum.services.control import plant
from obshto.modules.referendum.services.petition import PETITION
from obshto.modules.referendum.services.queries import open_number
from obshto.modules.referendum.services.year_figures import WAYS
from obshto.modules.referendum.settings import ReferendumSettings
from obshto.modules.referendum.stations import STATIONS
from obshto.platform.modularity.manifest import (
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    RiskCriterion,
)
from obshto.platform.modularity.polling_places import CalledVotes, VoteOutcomes
from obshto.platform.petitions.acts import KINDS, LOOKS
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    number = open_number(uow)
    lost = ngettext(
        "%(num)s започнато предложение за референдум",
        "%(num)s започнати предложения за референдум",
        number,
    )
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="referendum",
    folder=Path(__file__).parent,
    title=_("Местен референдум"),
    summary=_("От въпроса до насрочването по закон. Подписва се и се гласува на хартия."),
    called="референдум допитване подписка въпрос гласуване инициативен комитет",
    models=MODELS,
    outlives_restore=frozenset((RegisterCounter.__tablename__,)),  # no number is given twice
    permissions=tuple(ReferendumPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Местен референдум"),
            endpoint="referendum_citizen.index",
            hint=_("Кои въпроси са предложени, докъде са стигнали и как се предлага нов"),
            is_task=True,
            weight=50,
        ),
        NavEntry(
            label=_("Моите инициативни комитети"),
            endpoint="referendum_citizen.mine",
            hint=_("Подписки за референдум, в които участвате"),
            weight=52,
        ),
        NavEntry(
            label=_("Местни референдуми"),
            endpoint="referendum_console.index",
            permission=ReferendumPermission.PROPOSE,
            weight=50,
        ),
    ),
    examples=(_("подписка за референдум"),),
    citizen=citizen,
    console=console,
    region=region,
    today=called,
    settings=ReferendumSettings,
    events=EVENTS,
    notices={
        "referendum.drafted": _("Черновата е записана"),
        "referendum.saved": _("Промените са записани"),
        "referendum.stepped": _("Стъпката е записана"),
        "referendum.discarded": _("Черновата е изтрита"),
        "referendum.member": _("Членът на комитета е записан"),
        "referendum.joined": _("Вече сте в комитета"),
        "referendum.printed": _("Листата са номерирани"),
        "referendum.row": _("Редът е записан"),
        "referendum.party": _("Страната е регистрирана. Кодът за текста ѝ е на нейната страница."),
        "referendum.struck": _("Страната е зачеркната"),
        "referendum.statement": _("Текстът е записан. Показва се заедно с този на другата страна."),
        "referendum.shown": _("Двете страни се показаха в един и същи миг"),
        "referendum.asked": _("Искането за зала е записано. Отговорът се вижда на всички."),
        "referendum.answered": _("Отговорът е записан и всички го виждат"),
        "referendum.event": _("Проявата е обявена"),
        "referendum.cancelled": _("Проявата е отменена"),
        "referendum.looked": _("Записахме, че отваряте подписката"),
    },
    notifications=NOTIFICATIONS,
    topics=TOPICS,
    jobs=JOBS,
    search=SEARCH,
    stations=STATIONS,
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    offers={CalledVotes: CalledReferenda(), VoteOutcomes: ReferendumOutcomes()},
    processing=(
        Processing(
            word="petition",
            title=_("Подписки за референдум"),
            purpose=_("да се провери колко гласоподаватели искат референдума"),
            ground=PETITION.ground,
            kinds=KINDS,
            recipients=_("инициативният комитет, общинският съвет и ГРАО"),
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
