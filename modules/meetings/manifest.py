"""Manifest of meetings: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.meetings.citizen import citizen
from obshto.modules.meetings.console import console
from obshto.modules.meetings.datasets import DATASETS
from obshto.modules.meetings.events import EVENTS
from obshto.modules.meetings.home import coming, today
from obshto.modules.meetings.jobs import JOBS
from obshto.modules.meetings.models import MODELS
from obshto.modules.meetings.notifications import NOTIFICATIONS, TOPICS
from obshto.modules.meetings.outcomes import OUTCOMES
from obshto.modules.meetings.paper import paper_of
from obshto.modules.meetings.permissions import MeetingsPermission
from obshto.modules.meetings.privacy import erase, export
from obshto.modules.meetings.reactions import REACTIONS
from obshto.modules.meetings.region import region
from obshto.modules.meetings.search import SEARCH
from obshto.modules.meetings.seeds import plant, seed
from obshto.modules.meetings.services.access_log import GROUND, LOOKS, described
from obshto.modules.meetings.services.calendar_entries import entries_between
from obshto.modules.meetings.services.council_port import Sessions
from obshto.modules.meetings.services.intake import AgendaDesk
from obshto.modules.meetings.services.publication_port import MeetingPublisher
from obshto.modules.meetings.services.queries import drafts, planned
from obshto.modules.meetings.services.questions import waiting
from obshto.modules.meetings.services.recordings_port import Agendas
from obshto.modules.meetings.services.year_figures import WAYS
from obshto.modules.meetings.settings import MeetingsSettings
from obshto.modules.meetings.stations import STATIONS
from obshto.modules.meetings.todo import DUE, TODO
from obshto.platform.modularity.council_publication import MeetingPublication
from obshto.platform.modularity.council_sessions import CouncilSessions
from obshto.platform.modularity.intakes import AgendaIntake
from obshto.platform.modularity.manifest import (
    Alternate,
    DataKind,
    Door,
    Errand,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.modularity.meeting_recordings import MeetingAgendas
from obshto.platform.modularity.public_outcomes import OUTCOMES_LINE
from obshto.platform.soft_delete import counts
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """Counts of what would be lost: planned meetings, drafts, questions that wait."""
    rows = {"planned": planned(uow), "drafts": drafts(), "waiting": waiting()}
    number = counts(uow, rows)
    ahead, begun, asked = number["planned"], number["drafts"], number["waiting"]
    losses = (
        (ahead, ngettext("%(num)s предстояща среща", "%(num)s предстоящи срещи", ahead)),
        (begun, ngettext("%(num)s чернова на среща", "%(num)s чернови на срещи", begun)),
        (asked, ngettext("%(num)s въпрос чака преглед", "%(num)s въпроса чакат преглед", asked)),
    )
    return [sentence for count, sentence in losses if count]


MODULE = ModuleManifest(
    slug="meetings",
    folder=Path(__file__).parent,
    datasets=DATASETS,
    title=_("Заседания и срещи"),
    summary=_("Обсъждания, форуми, заседания: кога са, как се участва и какво беше решено."),
    called="заседание среща обсъждане съвет сесия протокол решение форум изслушване",
    models=MODELS,
    permissions=tuple(MeetingsPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Заседания и срещи"),
            endpoint="meetings_citizen.index",
            hint=_("Кажете, че идвате, попитайте предварително, участвайте отдалеч"),
            is_task=True,
            weight=15,
        ),
        OUTCOMES_LINE,
        NavEntry(
            label=_("Решения"),
            endpoint="meetings_citizen.decided",
            hint=_("Какво беше решено, кой го прави и докога"),
            weight=16,
        ),
        NavEntry(
            label=_("Моите срещи"),
            endpoint="meetings_citizen.mine",
            hint=_("Къде сте казали, че идвате"),
            weight=17,
        ),
        NavEntry(
            label=_("Заседания и срещи"),
            endpoint="meetings_console.index",
            permission=MeetingsPermission.PLAN,
            weight=15,
        ),
        NavEntry(
            label=_("Кой идва на среща"),
            endpoint="meetings_console.guest_lists",
            permission=MeetingsPermission.REGISTER,
            weight=16,
        ),
        NavEntry(
            label=_("Въпроси преди среща"),
            endpoint="meetings_console.question_queue",
            permission=MeetingsPermission.MODERATE,
            weight=17,
        ),
        NavEntry(
            label=_("Видео стаи"),
            endpoint="meetings_console.room_lists",
            permission=MeetingsPermission.HOST,
            weight=17,
        ),
        NavEntry(
            label=_("Протоколи"),
            endpoint="meetings_console.minute_lists",
            permission=MeetingsPermission.RECORD,
            weight=18,
        ),
        NavEntry(
            label=_("Изпълнение на решенията"),
            endpoint="meetings_console.decided",
            permission=MeetingsPermission.OVERSEE,
            weight=19,
        ),
    ),
    errands=(
        Errand(
            label=_("Вижте кога се обсъжда нещо"),
            endpoint="meetings_citizen.index",
            icon="landmark",
            weight=70,
        ),
    ),
    examples=(_("решение на съвета"),),
    shortcuts=(
        NavEntry(
            label=_("Насрочете среща"),
            endpoint="meetings_console.write",
            permission=MeetingsPermission.PLAN,
            weight=36,
        ),
    ),
    todo=TODO,
    outcomes=OUTCOMES,
    due=DUE,
    citizen=citizen,
    console=console,
    region=region,
    home=coming,
    today=today,
    calendar=entries_between,
    settings=MeetingsSettings,
    events=EVENTS,
    notices={
        "meetings.coming": _("Записахме, че ще участвате"),
        "meetings.coming-changed": _("Промените са записани"),
        "meetings.withdrawn": _("Записахме, че няма да участвате"),
        "meetings.asked": _("Благодарим Ви. Въпросът чака преглед, после се вижда тук."),
        "meetings.supported": _("Отбелязахме, че и Вие чакате този отговор"),
        "meetings.thanked": _("Благодарим Ви. Организаторът ще прочете написаното."),
        "meetings.written": _("Срещата е запазена като чернова. Добавете дневен ред."),
        "meetings.saved": _("Промените са запазени"),
        "meetings.ticked": _("Отбелязаното е запазено"),
        "meetings.agenda": _("Дневният ред е променен"),
        "meetings.published": _("Срещата е обявена. Гражданите вече я виждат."),
        "meetings.scheduled": _("Запазено е кога да се вижда срещата"),
        "meetings.hidden": _("Срещата е скрита и стои при черновите"),
        "meetings.cancelled": _(
            "Отменена е. Пишем на всички, които казаха, че идват. Който няма имейл и мобилен"
            " телефон, ще е в списъка за обаждане."
        ),
        "meetings.reinstated": _(
            "Срещата пак ще се състои. Пишем на всички, които идват. Който няма имейл и мобилен"
            " телефон, ще е в списъка за обаждане."
        ),
        "meetings.deleted": _("Черновата е изтрита. До 30 дни може да я върнете."),
        "meetings.restored": _("Черновата е върната"),
        "meetings.reverted": _("По-ранният текст е върнат. Досегашният остава при версиите."),
        "meetings.file-added": _("Файлът е прикачен"),
        "meetings.file-described": _("Описанието е променено"),
        "meetings.file-removed": _("Файлът е махнат"),
        "meetings.called": _("Записахме как е минало обаждането"),
        "meetings.group-added": _("Групата е записана сред поканените"),
        "meetings.group-withdrawn": _("Поканата е махната"),
        "meetings.group-saved": _("Записахме го"),
        "meetings.looked": _("Хората от списъка ще видят, че сте гледали имената"),
        "meetings.entered": _("Човекът е записан"),
        "meetings.question-entered": _("Въпросът е записан и чака преглед"),
        "meetings.shown": _("Въпросът вече се вижда"),
        "meetings.declined": _("Въпросът не се показва. Който го е задал, ще прочете защо."),
        "meetings.answered": _("Отговорът е публикуван под въпроса"),
        "meetings.recorded": _("Записано е. Гражданите още не го виждат."),
        "meetings.counted": _("Присъстващите са записани"),
        "meetings.announced-decision": _("Всички вече четат решението"),
        "meetings.decision-taken-back": _("Решението не се показва до протокола"),
        "meetings.straw-asked": _("Попитахте всички"),
        "meetings.straw-voted": _("Гласът Ви е преброен"),
        "meetings.straw-counted": _("Вдигнатите ръце са записани"),
        "meetings.straw-closed": _("Гласуването приключи"),
        "meetings.room-opened": _("Стаята е отворена"),
        "meetings.room-closed": _("Стаята е затворена и имената са изтрити"),
        "meetings.room-removed": _("Човекът е отстранен и вижда защо"),
        "meetings.minutes-published": _("Протоколът е публикуван"),
        "meetings.report-published": _("Всички вече четат какво следва"),
        "meetings.reached": _("Записахме как е изпълнено решението"),
    },
    notifications=NOTIFICATIONS,
    topics=TOPICS,
    reactions=REACTIONS,
    jobs=JOBS,
    search=SEARCH,
    stations=STATIONS,
    participation=WAYS,
    paper=paper_of,
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    offers={
        AgendaIntake: AgendaDesk(),
        CouncilSessions: Sessions(),
        MeetingAgendas: Agendas(),
        MeetingPublication: MeetingPublisher(),
    },
    alternates=(
        Alternate(
            label=_("Заседания и срещи за календара"),
            endpoint="meetings_citizen.calendar",
            mime="text/calendar",
        ),
    ),
    processing=(
        Processing(
            word="guest",
            title=_("Срещи и заседания"),
            purpose=_("да подготвим срещата и да Ви кажем, ако се промени"),
            ground=GROUND,
            kinds=(DataKind.NAME, DataKind.CONTACT, DataKind.WORDS, DataKind.CHOICES),
            recipients=_("служителите, които подготвят срещата"),
            kept=_("един месец след срещата"),
            looks=LOOKS,
            describe=described,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.ACTS,
        retention=_(
            "Пазим кой идва и кой пита един месец след срещата. Протоколите и решенията остават."
        ),
    ),
)
