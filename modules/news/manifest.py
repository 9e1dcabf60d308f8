"""What news contribute: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.news.citizen import citizen
from obshto.modules.news.console import console
from obshto.modules.news.events import EVENTS
from obshto.modules.news.home import newest
from obshto.modules.news.jobs import JOBS
from obshto.modules.news.models import Attachment, Item, Version
from obshto.modules.news.notifications import NOTIFICATIONS
from obshto.modules.news.paper import paper_of
from obshto.modules.news.permissions import NewsPermission
from obshto.modules.news.privacy import erase, export
from obshto.modules.news.search import SEARCH
from obshto.modules.news.seeds import plant, seed
from obshto.modules.news.selfcheck import SELFCHECK
from obshto.modules.news.services import count, drafts, published, take_item
from obshto.modules.news.settings import NewsSettings
from obshto.modules.news.todo import TODO
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.modularity.old_site import OldSite
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose, what editors have begun."""
    news, waiting = count(uow, published()), count(uow, drafts())
    losses = (
        (news, ngettext("%(num)s публикувана новина", "%(num)s публикувани новини", news)),
        (waiting, ngettext("%(num)s чернова на новина", "%(num)s чернови на новини", waiting)),
    )
    return [sentence for number, sentence in losses if number]


MODULE = ModuleManifest(
    slug="news",
    folder=Path(__file__).parent,
    title=_("Новини"),
    summary=_("Какво ново има в общината: на началната страница и на своя страница."),
    called="новини съобщения",
    models=(Item, Version, Attachment),
    permissions=tuple(NewsPermission),
    door=Door.LIFE,
    nav=(
        NavEntry(
            label=_("Новини"),
            endpoint="news_citizen.index",
            hint=_("Какво ново има в общината"),
            is_task=True,
            weight=20,
        ),
        NavEntry(
            label=_("Новини"),
            endpoint="news_console.index",
            permission=NewsPermission.WRITE,
            weight=20,
        ),
    ),
    shortcuts=(
        NavEntry(
            label=_("Напишете новина"),
            endpoint="news_console.write",
            permission=NewsPermission.WRITE,
            weight=32,
        ),
    ),
    todo=TODO,
    citizen=citizen,
    console=console,
    home=newest,
    settings=NewsSettings,
    events=EVENTS,
    notices={
        "news.written": _("Новината е запазена"),
        "news.saved": _("Новината е запазена"),
        "news.published": _("Новината е публикувана. Гражданите вече я виждат."),
        "news.scheduled": _("Запазено е кога да се вижда новината"),
        "news.hidden": _("Новината е скрита и стои при черновите"),
        "news.deleted": _("Новината е изтрита. До 30 дни може да я върнете."),
        "news.restored": _("Новината е върната"),
        "news.reverted": _("По-ранният текст е върнат. Досегашният остава при версиите."),
        "news.file-added": _("Файлът е прикачен"),
        "news.file-described": _("Описанието е променено"),
        "news.file-removed": _("Файлът е махнат"),
    },
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    search=SEARCH,
    paper=paper_of,
    selfcheck=SELFCHECK,
    old_site=OldSite(takes="post", take=take_item),
    unfinished=unfinished,
    seeds=seed,
    canary=plant,
    processing=(
        Processing(
            word="authorship",
            title=_("Новини"),
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
            "Пазим изтритите новини 30 дни, за да може да се върнат, а по-ранните им текстове –"
            " 3 години."
        ),
    ),
)
