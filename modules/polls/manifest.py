"""What polls contribute: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.polls.citizen import citizen
from obshto.modules.polls.console import console
from obshto.modules.polls.datasets import DATASETS
from obshto.modules.polls.events import EVENTS
from obshto.modules.polls.home import ending_soon, open_poll
from obshto.modules.polls.jobs import JOBS
from obshto.modules.polls.models import Option, Participation, Picture, Poll, Question, Said, Sheet
from obshto.modules.polls.notifications import NOTIFICATIONS, TOPICS
from obshto.modules.polls.outcomes import OUTCOMES
from obshto.modules.polls.paper import paper_of
from obshto.modules.polls.permissions import PollsPermission
from obshto.modules.polls.privacy import erase, export
from obshto.modules.polls.search import SEARCH
from obshto.modules.polls.seeds import plant, seed
from obshto.modules.polls.services.queries import lists
from obshto.modules.polls.services.ready_port import PollsToBegin
from obshto.modules.polls.services.year_figures import WAYS
from obshto.modules.polls.stations import STATIONS
from obshto.modules.polls.todo import DUE, TODO
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    Errand,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    RiskCriterion,
)
from obshto.platform.modularity.public_outcomes import OUTCOMES_LINE
from obshto.platform.modularity.ready_polls import ReadyPolls
from obshto.platform.soft_delete import counts
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose, what editors have begun."""
    numbers = counts(uow, lists(uow.now))
    opened, closed, waiting = (numbers[word] for word in ("open", "closed", "drafts"))
    losses = (
        (opened, ngettext("%(num)s отворена анкета", "%(num)s отворени анкети", opened)),
        (closed, ngettext("%(num)s анкета с резултати", "%(num)s анкети с резултати", closed)),
        (waiting, ngettext("%(num)s чернова на анкета", "%(num)s чернови на анкети", waiting)),
    )
    return [sentence for number, sentence in losses if number]


MODULE = ModuleManifest(
    slug="polls",
    folder=Path(__file__).parent,
    datasets=DATASETS,
    title=_("Анкети и проучвания"),
    summary=_("Общината пита, хората отговарят веднъж, всички виждат какво последва."),
    called="анкета проучване допитване гласуване",
    models=(Poll, Question, Option, Picture, Participation, Said, Sheet),
    permissions=tuple(PollsPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Анкети"),
            endpoint="polls_citizen.index",
            hint=_("Общината пита, Вие отговаряте без име и виждате какво последва"),
            is_task=True,
            weight=35,
        ),
        OUTCOMES_LINE,
        NavEntry(
            label=_("Анкети"),
            endpoint="polls_console.index",
            permission=PollsPermission.SEE,
            weight=35,
        ),
    ),
    errands=(
        Errand(
            label=_("Кажете мнението си"), endpoint="polls_citizen.index", icon="vote", weight=50
        ),
    ),
    todo=TODO,
    outcomes=OUTCOMES,
    due=DUE,
    citizen=citizen,
    console=console,
    home=open_poll,
    today=ending_soon,
    events=EVENTS,
    notices={
        "polls.answered": _("Записахме отговора Ви. Благодарим."),
        "polls.written": _("Анкетата е запазена като чернова. Проверете въпросите."),
        "polls.copied": _("Анкетата е преписана като чернова. Проверете текста и края."),
        "polls.saved": _("Промените са запазени"),
        "polls.saved-without": _(
            "Промените са запазени. Снимките на отговори, които вече ги няма, са махнати."
        ),
        "polls.corrected": _("Поправката се вижда под въпроса"),
        "polls.removed": _("Въпросът е махнат"),
        "polls.picture-added": _("Снимката е добавена"),
        "polls.picture-removed": _("Снимката е махната"),
        "polls.moved": _("Въпросът е преместен"),
        "polls.opened": _("Анкетата е публикувана. Гражданите вече я виждат."),
        "polls.extended": _("Анкетата е удължена. Причината се вижда в портала."),
        "polls.closed": _("Анкетата приключи. Никой вече не може да отговори."),
        "polls.told": _("Публикувахте какво последва от анкетата"),
        "polls.entered": _("Листът е записан. Въведете следващия."),
        "polls.entered-before": _("Този лист беше записан още първия път. Броим го веднъж."),
        "polls.deleted": _("Анкетата е изтрита. До 30 дни може да я върнете."),
        "polls.restored": _("Анкетата е върната"),
    },
    notifications=NOTIFICATIONS,
    topics=TOPICS,
    jobs=JOBS,
    search=SEARCH,
    stations=STATIONS,
    participation=WAYS,
    paper=paper_of,
    asks=NavEntry(
        label=_("Попитайте хората с готова анкета"),
        endpoint="polls_console.write",
        permission=PollsPermission.WRITE,
    ),
    offers={ReadyPolls: PollsToBegin()},
    unfinished=unfinished,
    seeds=seed,
    canary=plant,
    processing=(
        Processing(
            word="participation",
            title=_("Анкети и проучвания"),
            purpose=_("никой да не отговаря два пъти на една анкета"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“",
            kinds=(DataKind.CHOICES,),
            recipients=_("никой: кой какво е отговорил, не знаем"),
            kept=_("докато анкетата стои в портала"),
            criteria=(RiskCriterion.SENSITIVE,),
        ),
    ),
    impersonal={
        "polls_*": "numbers, of which nobody knows whose answers they are",
    },
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STORED,
        retention=_(
            "Пазим само кой е участвал, с код вместо име, докато анкетата стои в портала."
            " Кой какво е отговорил, не знаем."
        ),
    ),
)
