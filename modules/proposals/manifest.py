"""Manifest of proposals: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from obshto.modules.proposals.citizen import citizen
from obshto.modules.proposals.console import console
from obshto.modules.proposals.datasets import DATASETS
from obshto.modules.proposals.events import EVENTS
from obshto.modules.proposals.home import latest_decision
from obshto.modules.proposals.jobs import JOBS
from obshto.modules.proposals.models import MODELS, CitizenProposal, ProposalCounter
from obshto.modules.proposals.notifications import NOTIFICATIONS
from obshto.modules.proposals.outcomes import OUTCOMES
from obshto.modules.proposals.permissions import ProposalsPermission
from obshto.modules.proposals.practice_acts import PRACTICE_ACTS
from obshto.modules.proposals.privacy import erase, export
from obshto.modules.proposals.search import SEARCH
from obshto.modules.proposals.seeds import seed
from obshto.modules.proposals.services.access_log import (
    GROUND,
    PURPOSES,
    QUESTION_GROUND,
    QUESTION_PURPOSES,
    described,
    described_questions,
)
from obshto.modules.proposals.services.consents import CONSENTS
from obshto.modules.proposals.services.control import plant
from obshto.modules.proposals.services.intake import ProposalDesk
from obshto.modules.proposals.services.moderated_part import ProposalModeration
from obshto.modules.proposals.services.states import OPEN
from obshto.modules.proposals.services.year_figures import WAYS
from obshto.modules.proposals.settings import ProposalsSettings
from obshto.modules.proposals.stations import STATIONS
from obshto.modules.proposals.todo import ANSWERS, DUE, TODO
from obshto.platform.moderation.port import ModeratedPart
from obshto.platform.modularity.intakes import ProposalIntake
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
from obshto.platform.modularity.public_outcomes import OUTCOMES_LINE
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    waiting = (
        select(func.count()).select_from(CitizenProposal).where(CitizenProposal.state.in_(OPEN))
    )
    number = uow.session.scalar(waiting) or 0
    lost = ngettext("%(num)s предложение без решение", "%(num)s предложения без решение", number)
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="proposals",
    folder=Path(__file__).parent,
    datasets=DATASETS,
    title=_("Предложения на граждани"),
    summary=_("Предложение с подкрепа, решение с причини и докладвано изпълнение."),
    called="предложение идея подкрепа петиция искане пейка",
    models=MODELS,
    outlives_restore=frozenset((ProposalCounter.__tablename__,)),  # no number is given twice
    permissions=tuple(ProposalsPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Предложения на граждани"),
            endpoint="proposals_citizen.index",
            hint=_("Предложете нещо за Вашето село и подкрепете предложеното от други"),
            is_task=True,
            weight=30,
        ),
        OUTCOMES_LINE,
        NavEntry(
            label=_("Моите предложения"),
            endpoint="proposals_citizen.mine",
            hint=_("Докъде стигна предложеното с профила Ви"),
            weight=32,
        ),
        NavEntry(
            label=_("Предложения"),
            endpoint="proposals_console.index",
            permission=ProposalsPermission.HANDLE,
            weight=30,
        ),
        NavEntry(
            label=_("Въпроси под предложения"),
            endpoint="proposals_console.questions",
            permission=ProposalsPermission.HANDLE,
            weight=30,
        ),
        NavEntry(
            label=_("Какво искат хората"),
            endpoint="proposals_console.overview",
            permission=ProposalsPermission.OVERSEE,
            weight=31,
        ),
        NavEntry(
            label=_("Просрочени предложения"),
            endpoint="proposals_console.late",
            permission=ProposalsPermission.OVERSEE,
            weight=32,
        ),
    ),
    errands=(
        Errand(
            label=_("Направете предложение"),
            endpoint="proposals_citizen.choose",
            icon="vote",
            weight=35,
        ),
    ),
    examples=(_("пейка пред магазина"),),
    shortcuts=(
        NavEntry(
            label=_("Въведете предложение"),
            endpoint="proposals_console.enter",
            permission=ProposalsPermission.HANDLE,
            weight=14,
        ),
    ),
    todo=TODO,
    outcomes=OUTCOMES,
    answers=ANSWERS,
    due=DUE,
    citizen=citizen,
    console=console,
    today=latest_decision,
    settings=ProposalsSettings,
    events=EVENTS,
    notices={
        "proposals.sent": _("Приехме предложението Ви"),
        "proposals.improved": _("Промените са запазени. Казахме на хората, които го подкрепят."),
        "proposals.handed-in": _("Внесохте предложението. Срокът за решение тече."),
        "proposals.withdrawn": _("Оттеглихте предложението"),
        "proposals.supported": _("Подкрепата Ви е броена"),
        "proposals.unsupported": _("Оттеглихте подкрепата си"),
        "proposals.entered": _("Предложението е записано"),
        "proposals.looked": _("Авторът ще види, че сте гледали данните му"),
        "proposals.taken": _("Предложението вече е Ваше"),
        "proposals.assigned": _("Предадохте предложението. Който го получава, има писмо."),
        "proposals.sorted": _("Промените са запазени"),
        "proposals.extended": _("Срокът е удължен"),
        "proposals.decided": _("Решението е публикувано"),
        "proposals.announced": _("Записахте, че решението е съобщено"),
        "proposals.carried-out": _("Изпълнението е публикувано"),
        "proposals.continued": _("Намирате го по-долу на тази страница"),
        "proposals.invited": _("Пратихме поканата"),
        "proposals.invitation-taken-back": _("Поканата вече не важи"),
        "proposals.coauthor-joined": _("Вече сте съавтор и може да подобрявате текста"),
        "proposals.name-kept": _("Промените са запазени"),
        "proposals.left": _("Вече не сте автор на това предложение"),
        "proposals.merge-asked": _("Попитахме. Щом има отговор, ще Ви пишем."),
        "proposals.merge-agreed": _("Записахме съгласието. Чака се другият автор."),
        "proposals.merge-merged": _("Двете предложения вече са едно"),
        "proposals.merge-declined": _("Предложенията остават отделно. Нищо не се променя."),
        "proposals.merge-taken-back": _("Оттеглихте въпроса"),
        "proposals.merged-here": _("Предложението се обедини с това. Подкрепите се събраха тук."),
        "proposals.hidden": _("Гражданите вече не виждат предложението"),
        "proposals.shown": _("Гражданите отново виждат предложението"),
        "proposals.version-hidden": _("Гражданите вече не виждат този стар текст"),
        "proposals.version-shown": _("Гражданите отново виждат този стар текст"),
        "proposals.question-asked": _("Въпросът Ви вече се вижда"),
        "proposals.question-held": _("Въпросът е записан. Служител ще го прегледа."),
        "proposals.question-answered": _("Отговорът вече се вижда"),
        "proposals.question-hidden": _("Гражданите вече не виждат въпроса"),
        "proposals.question-entered": _("Въпросът е записан и се вижда"),
        "proposals.support-entered": _("Подкрепата е записана"),
        "proposals.supported-before": _("Този човек вече подкрепя предложението"),
    },
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    search=SEARCH,
    stations=STATIONS,
    participation=WAYS,
    offers={ProposalIntake: ProposalDesk(), ModeratedPart: ProposalModeration()},
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    practice_acts=PRACTICE_ACTS,
    processing=(
        Processing(
            word="proposal",
            title=_("Предложения на граждани"),
            purpose=_("да решим предложението и да Ви отговорим"),
            ground=GROUND,
            kinds=(DataKind.NAME, DataKind.CONTACT, DataKind.WORDS, DataKind.FILES),
            recipients=_("служителите, които работят по предложението"),
            kept=_("една година, след като предложението приключи"),
            looks=PURPOSES,
            describe=described,
        ),
        Processing(
            word="coauthor",
            title=_("Съавтори на предложения"),
            purpose=_("да пишете предложението заедно с други"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „а“",
            kinds=(DataKind.NAME, DataKind.CONTACT),
            recipients=_("авторите на предложението; всички, ако показвате името си"),
            kept=_("имейла на поканен седем дни, съавтора до година след края или докато напусне"),
        ),
        Processing(
            word="question",
            title=_("Въпроси под предложения"),
            purpose=_("да покажем въпроса Ви и да Ви пратим отговора"),
            ground=QUESTION_GROUND,
            kinds=(DataKind.CONTACT, DataKind.WORDS),
            recipients=_("никой: името Ви не се пази, а имейлът не се показва"),
            kept=_("имейла една година, след като сте попитали; непотвърден въпрос три дни"),
            looks=QUESTION_PURPOSES,
            describe=described_questions,
        ),
    ),
    consents=CONSENTS,
    impersonal={
        "proposals_line.*": "what staff decided and why; a person's words are the proposal",
    },
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.ACTS,
        retention=_(
            "Пазим кой е направил предложението една година, след като приключи. После остават"
            " предложението, решението и броят на подкрепите."
        ),
        outlives_erasure=True,
    ),
)
