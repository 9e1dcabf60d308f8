"""Manifest of guides: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.guides.citizen import citizen
from obshto.modules.guides.console import console
from obshto.modules.guides.events import EVENTS
from obshto.modules.guides.jobs import JOBS
from obshto.modules.guides.models import MODELS
from obshto.modules.guides.paper import paper_of
from obshto.modules.guides.permissions import GuidesPermission
from obshto.modules.guides.privacy import erase, export
from obshto.modules.guides.search import SEARCH
from obshto.modules.guides.seeds import plant, seed
from obshto.modules.guides.services.campaigns import campaigns
from obshto.modules.guides.services.queries import drafts, published
from obshto.modules.guides.todo import TODO
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.soft_delete import count
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose, what staff have begun."""
    shown, waiting = count(uow, published()), count(uow, drafts())
    running = count(uow, campaigns(uow, ended=False))
    losses = (
        (shown, ngettext("%(num)s публикувано упътване", "%(num)s публикувани упътвания", shown)),
        (waiting, ngettext("%(num)s чернова на упътване", "%(num)s чернови на упътвания", waiting)),
        (running, ngettext("%(num)s кампания", "%(num)s кампании", running)),
    )
    return [sentence for number, sentence in losses if number]


MODULE = ModuleManifest(
    slug="guides",
    folder=Path(__file__).parent,
    title=_("Упътвания"),
    summary=_("Стъпка по стъпка: как се прави, защо е сигурно. С листовки и кампании с цел."),
    called="упътване как да помощ стъпки листовка обучение сигурно",
    models=MODELS,
    permissions=tuple(GuidesPermission),
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Упътвания"),
            endpoint="guides_citizen.index",
            hint=_("Как се прави, стъпка по стъпка"),
            is_task=True,
            weight=15,
        ),
        NavEntry(
            label=_("Упътвания"),
            endpoint="guides_console.index",
            permission=GuidesPermission.WRITE,
            weight=15,
        ),
        NavEntry(
            label=_("Кампании"),
            endpoint="guides_console.campaigns.index",
            permission=GuidesPermission.COUNT,
            weight=16,
        ),
    ),
    todo=TODO,
    citizen=citizen,
    console=console,
    events=EVENTS,
    notices={
        "guides.read": _("Благодарим Ви. Отговорът е преброен и никъде няма Вашето име."),
        "guides.written": _("Упътването е запазено"),
        "guides.saved": _("Упътването е запазено"),
        "guides.published": _("Упътването е публикувано. Гражданите вече го виждат."),
        "guides.hidden": _("Упътването е скрито и стои при черновите"),
        "guides.deleted": _("Упътването е изтрито. До 30 дни може да го върнете."),
        "guides.restored": _("Упътването е върнато"),
        "guides.reverted": _("По-ранният текст е върнат. Досегашният остава при версиите."),
        "guides.file-added": _("Файлът е прикачен"),
        "guides.file-described": _("Описанието е променено"),
        "guides.file-removed": _("Файлът е махнат"),
        "guides.campaign-begun": _("Целта е поставена. Вписвайте раздадените листовки тук."),
        "guides.campaign-saved": _("Целта е променена"),
        "guides.campaign-deleted": _("Кампанията е изтрита"),
        "guides.handed-out": _("Листовките са вписани"),
        "guides.taken-back": _("Листовките са махнати"),
    },
    jobs=JOBS,
    search=SEARCH,
    paper=paper_of,
    unfinished=unfinished,
    seeds=seed,
    canary=plant,
    processing=(
        Processing(
            word="authorship",
            title=_("Упътвания"),
            purpose=_("да се знае кой служител е публикувал текста"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“",
            kinds=(DataKind.ACTS,),
            recipients=_("служителите, които пишат в портала"),
            kept=_("3 години"),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STAFF,
        retention=_(
            "Пазим изтритите упътвания 30 дни, а по-ранните им текстове – 3 години. Кой е чел, не"
            " знаем: броим само дни и села."
        ),
    ),
)
