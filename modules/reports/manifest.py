"""Manifest of reports: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from obshto.modules.reports.citizen import citizen
from obshto.modules.reports.console import console
from obshto.modules.reports.datasets import DATASETS
from obshto.modules.reports.events import EVENTS
from obshto.modules.reports.home import latest_fix
from obshto.modules.reports.jobs import JOBS
from obshto.modules.reports.map_layers import MAP_LAYERS
from obshto.modules.reports.models import MODELS, Report, ReportCounter
from obshto.modules.reports.notifications import NOTIFICATIONS
from obshto.modules.reports.permissions import ReportsPermission
from obshto.modules.reports.practice_acts import PRACTICE_ACTS
from obshto.modules.reports.privacy import erase, export
from obshto.modules.reports.reactions import REACTIONS
from obshto.modules.reports.region import region
from obshto.modules.reports.search import SEARCH
from obshto.modules.reports.seeds import seed
from obshto.modules.reports.services.access_log import GROUND, PURPOSES, former_looks
from obshto.modules.reports.services.control import plant
from obshto.modules.reports.services.escalation import CouncilList
from obshto.modules.reports.services.intake import ReportDesk
from obshto.modules.reports.services.queries import described
from obshto.modules.reports.services.states import OPEN
from obshto.modules.reports.services.year_figures import WAYS
from obshto.modules.reports.settings import ReportsSettings
from obshto.modules.reports.stations import STATIONS
from obshto.modules.reports.todo import DUE, TODO
from obshto.platform.documents.kinds import DocumentKind
from obshto.platform.modularity.council_readings import OverdueReports
from obshto.platform.modularity.intakes import ReportIntake
from obshto.platform.modularity.manifest import (
    DataKind,
    DelegableAct,
    Door,
    Errand,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    RiskCriterion,
    SavedForm,
)
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    waiting = select(func.count()).select_from(Report).where(Report.state.in_(OPEN))
    number = uow.session.scalar(waiting) or 0
    lost = ngettext("%(num)s отворен сигнал", "%(num)s отворени сигнала", number)
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="reports",
    folder=Path(__file__).parent,
    datasets=DATASETS,
    title=_("Сигнали за нередности"),
    summary=_("Счупена лампа или дупка: сигнал от телефона, проследяване, доказано решаване."),
    called="сигнал нередност дупка лампа теч боклук",
    models=MODELS,
    outlives_restore=frozenset((ReportCounter.__tablename__,)),  # no number is given twice
    permissions=tuple(ReportsPermission),
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Сигнали за нередности"),
            endpoint="reports_citizen.index",
            hint=_("Кажете за дупка, лампа или теч и вижте оправено ли е"),
            is_task=True,
            weight=10,
        ),
        NavEntry(
            label=_("Моите сигнали"),
            endpoint="reports_citizen.mine",
            hint=_("Докъде е стигнало казаното с профила Ви"),
            weight=12,
        ),
        NavEntry(
            label=_("Сигнали"),
            endpoint="reports_console.index",
            permission=ReportsPermission.HANDLE,
            weight=12,
        ),
        NavEntry(
            label=_("Сигнали за нарушения"),
            endpoint="reports_console.violations",
            permission=ReportsPermission.INSPECT,
            weight=12,
        ),
        NavEntry(
            label=_("Сигнали за днес"),
            endpoint="reports_console.day",
            permission=ReportsPermission.FIELD,
            weight=12,
        ),
        NavEntry(
            label=_("Просрочени сигнали"),
            endpoint="reports_console.late",
            permission=ReportsPermission.OVERSEE,
            weight=13,
        ),
        NavEntry(
            label=_("Екипи за сигнали"),
            endpoint="reports_console.teams",
            permission=ReportsPermission.TEAMS,
            weight=15,
        ),
        NavEntry(
            label=_("Видове сигнали"),
            endpoint="reports_console.kinds",
            permission=ReportsPermission.KINDS,
            weight=16,
        ),
        NavEntry(
            label=_("Сигнали при съседите"),
            endpoint="reports_console.neighbours",
            permission=ReportsPermission.HANDLE,
            weight=14,
        ),
    ),
    errands=(
        Errand(
            label=_("Подайте сигнал"),
            endpoint="reports_citizen.choose",
            icon="pin",
            weight=25,
        ),
    ),
    saved_forms=(
        SavedForm(
            label=_("Подайте сигнал"),
            endpoint="reports_citizen.saved",
            stands_for=("reports_citizen.choose", "reports_citizen.write"),
        ),
    ),
    examples=(_("дупка на пътя"),),
    shortcuts=(
        NavEntry(
            label=_("Въведете сигнал"),
            endpoint="reports_console.enter",
            permission=ReportsPermission.HANDLE,
            weight=12,
        ),
    ),
    todo=TODO,
    due=DUE,
    delegable=(
        DelegableAct(
            word="reports:send",
            label=_("Подава сигнали"),
            blueprint="reports_citizen",
            views=(
                *("choose", "write", "near", "case", "own_photo", "own_decision"),
                *("confirm", "dispute", "passing", "own_phone", "own_phone_code"),
            ),
        ),
    ),
    citizen=citizen,
    console=console,
    region=region,
    today=latest_fix,
    settings=ReportsSettings,
    issues=(DocumentKind(part="reports"),),
    events=EVENTS,
    notices={
        "reports.sent": _("Приехме сигнала Ви"),
        "reports.answered": _("Отговорът Ви е изпратен"),
        "reports.letters-confirmed": _("Ще Ви пишем, когато има нещо ново"),
        "reports.phone-confirmed": _("Ще Ви пращаме SMS, когато има нещо ново"),
        "reports.letters-stopped": _("Няма да Ви пишем повече за този сигнал"),
        "reports.confirmed": _("Благодарим, че потвърдихте"),
        "reports.disputed": _("Сигналът е отворен отново"),
        "reports.entered": _("Сигналът е записан"),
        "reports.looked": _("Подателят ще види, че сте гледали данните му"),
        "reports.taken": _("Сигналът вече е Ваш"),
        "reports.assigned": _("Възложихте сигнала"),
        "reports.sorted": _("Промените са запазени"),
        "reports.asked": _("Въпросът е изпратен"),
        "reports.assigned-many": _("Възложихте отбелязаните сигнали"),
        "reports.handed": _("Сигналът е предаден. Ще Ви напомним да питате."),
        "reports.body-answered": _("Записахме какво отговориха"),
        "reports.passing": _("Записахме решението Ви"),
        "reports.reclaimed": _("Сигналът отново е в работа при Вас"),
        "reports.merged": _("Сигналите се водят заедно"),
        "reports.parted": _("Сигналът отново се води отделно"),
        "reports.team-made": _("Екипът е добавен"),
        "reports.team-changed": _("Екипът е променен"),
        "reports.team-removed": _("Екипът е премахнат"),
        "reports.kind-made": _("Видът е добавен"),
        "reports.kind-changed": _("Видът е променен"),
        "reports.kind-retired": _("Видът е спрян: нови сигнали от него не идват"),
        "reports.kind-taken": _("Видът пак се приема"),
        "reports.kind-removed": _("Видът е премахнат"),
        "reports.passed-to-team": _("Предадохте сигнала на екипа"),
        "reports.field": _("Записано е"),
        "reports.hidden": _("Гражданите вече не виждат сигнала"),
        "reports.covered": _("Местата на снимката са закрити"),
        "reports.closed": _("Резултатът е изпратен"),
        "reports.announced": _("Записахме, че решението е съобщено"),
    },
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    reactions=REACTIONS,
    search=SEARCH,
    stations=STATIONS,
    participation=WAYS,
    map_layers=MAP_LAYERS,
    offers={ReportIntake: ReportDesk(), OverdueReports: CouncilList()},
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    practice_acts=PRACTICE_ACTS,
    processing=(
        Processing(
            word="report",
            title=_("Сигнали за нередности"),
            purpose=_("да проверим сигнала и да Ви отговорим"),
            ground=GROUND,
            kinds=(
                *(DataKind.NAME, DataKind.CONTACT, DataKind.ADDRESS),
                *(DataKind.WORDS, DataKind.FILES),
            ),
            recipients=_("служителите, които работят по сигнала, и съседна община, ако разрешите"),
            kept=_("една година, след като сигналът приключи"),
            looks=PURPOSES,
            describe=described,
            former=former_looks,
            criteria=(RiskCriterion.LARGE_SCALE,),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.ACTS,
        retention=_(
            "Пазим кой е подал сигнал една година, след като приключи. После остават видът,"
            " селото, датите и отговорът на общината."
        ),
        outlives_erasure=True,
    ),
)
