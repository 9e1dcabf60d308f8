"""Manifest of projects: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.projects.citizen import citizen
from obshto.modules.projects.console import console
from obshto.modules.projects.datasets import DATASETS
from obshto.modules.projects.events import EVENTS
from obshto.modules.projects.jobs import JOBS
from obshto.modules.projects.map_layers import MAP_LAYERS
from obshto.modules.projects.models import MODELS
from obshto.modules.projects.notifications import NOTIFICATIONS
from obshto.modules.projects.permissions import ProjectsPermission
from obshto.modules.projects.privacy import erase, export
from obshto.modules.projects.reactions import REACTIONS
from obshto.modules.projects.region import region
from obshto.modules.projects.search import SEARCH
from obshto.modules.projects.seeds import plant, seed
from obshto.modules.projects.services.access_log import GROUND, KINDS, PURPOSES, described
from obshto.modules.projects.services.intake import ProjectDesk
from obshto.modules.projects.services.queries import drafts, published
from obshto.modules.projects.services.questions import waiting
from obshto.modules.projects.services.year_figures import WAYS
from obshto.modules.projects.stations import STATIONS
from obshto.modules.projects.todo import TODO
from obshto.platform.modularity.intakes import ProjectIntake
from obshto.platform.modularity.manifest import (
    Door,
    Errand,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.soft_delete import counts
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """Counts of projects, drafts and questions that would be lost."""
    number = counts(uow, {"shown": published(), "drafts": drafts(), "waiting": waiting()})
    shown, begun, sent = number["shown"], number["drafts"], number["waiting"]
    losses = (
        (shown, ngettext("%(num)s публикуван проект", "%(num)s публикувани проекта", shown)),
        (begun, ngettext("%(num)s чернова на проект", "%(num)s чернови на проекти", begun)),
        (sent, ngettext("%(num)s въпрос без отговор", "%(num)s въпроса без отговор", sent)),
    )
    return [sentence for count, sentence in losses if count]


MODULE = ModuleManifest(
    slug="projects",
    folder=Path(__file__).parent,
    datasets=DATASETS,
    title=_("Проекти и финансиране"),
    summary=_("Какво прави общината, кой плаща, докога е обещано и какво стана."),
    called="проекти ремонт пари програми финансиране строеж договор изпълнител",
    models=MODELS,
    permissions=tuple(ProjectsPermission),
    door=Door.MUNICIPALITY,
    nav=(
        NavEntry(
            label=_("Проекти"),
            endpoint="projects_citizen.index",
            hint=_("Какво прави общината, кой плаща и докога е обещано"),
            is_task=True,
            weight=35,
        ),
        NavEntry(
            label=_("Пари за проекти"),
            endpoint="projects_citizen.money",
            hint=_("По програми и години, за общината или за Вашето село"),
            weight=36,
        ),
        NavEntry(
            label=_("Бюджет на общината"),
            endpoint="projects_citizen.budget",
            hint=_("План, промени и изпълнение за годината"),
            weight=37,
        ),
        NavEntry(
            label=_("Проекти"),
            endpoint="projects_console.index",
            permission=ProjectsPermission.WRITE,
            weight=35,
        ),
        NavEntry(
            label=_("Въпрос за проект"),
            endpoint="projects_console.questions.enter",
            permission=ProjectsPermission.ENTER,
            weight=36,
        ),
    ),
    errands=(
        Errand(
            label=_("Вижте какво строи общината"),
            endpoint="projects_citizen.index",
            icon="building",
            weight=65,
        ),
    ),
    examples=(_("ремонт на улица"),),
    todo=TODO,
    citizen=citizen,
    region=region,
    reactions=REACTIONS,
    console=console,
    events=EVENTS,
    notices={
        "projects.asked": _(
            "Получихме въпроса Ви. Ако сте оставили имейл, ще Ви пишем, когато има отговор."
        ),
        "projects.written": _("Проектът е запазен като чернова"),
        "projects.saved": _("Промените са запазени"),
        "projects.published": _("Проектът е публикуван. Гражданите вече го виждат."),
        "projects.hidden": _("Проектът е скрит и стои при черновите"),
        "projects.confirmed": _("Записано е, че проектът е верен към днес"),
        "projects.finished": _("Проектът е завършен. Пишем на хората, които го следят."),
        "projects.stopped": _("Проектът е спрян. Причината се вижда на страницата му."),
        "projects.reopened": _("Проектът пак се изпълнява"),
        "projects.deleted": _("Проектът е изтрит. До 30 дни може да го върнете."),
        "projects.restored": _("Проектът е върнат"),
        "projects.reverted": _("По-ранният текст е върнат. Досегашният остава при версиите."),
        "projects.file-added": _("Файлът е прикачен"),
        "projects.file-described": _("Описанието е променено"),
        "projects.file-removed": _("Файлът е махнат"),
        "projects.stage-added": _("Етапът е добавен"),
        "projects.stage-removed": _("Етапът е махнат"),
        "projects.told": _("Записано е. Пишем на хората, които следят проекта."),
        "projects.programme-saved": _("Програмата е записана"),
        "projects.imported": _("Сумите са записани"),
        "projects.imported-before": _("Тези суми вече бяха записани. Нищо не се промени."),
        "projects.budget": _("Бюджетът е записан. Хората вече го виждат."),
        "projects.budget-before": _("Този бюджет вече беше записан. Нищо не се промени."),
        "projects.contracted": _("Договорът и изпълнителят са записани"),
        "projects.answered": _("Отговорът е записан"),
        "projects.entered": _("Въпросът е записан и чака отговор"),
    },
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    offers={ProjectIntake: ProjectDesk()},
    search=SEARCH,
    stations=STATIONS,
    map_layers=MAP_LAYERS,
    unfinished=unfinished,
    seeds=seed,
    canary=plant,
    processing=(
        Processing(
            word="question",
            title=_("Въпроси за проекти"),
            purpose=_("да отговорим на въпроса Ви"),
            ground=GROUND,
            kinds=KINDS,
            recipients=_("служителите, които отговарят на въпросите"),
            kept=_("половин година след отговора"),
            looks=PURPOSES,
            describe=described,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.ACTS,
        retention=_(
            "Пазим кой е задал въпрос за проект половин година след отговора, а изтритите проекти"
            " – 30 дни."
        ),
    ),
    participation=WAYS,
)
