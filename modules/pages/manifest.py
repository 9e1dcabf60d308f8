"""What pages contribute: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.pages.citizen import citizen
from obshto.modules.pages.console import console
from obshto.modules.pages.events import EVENTS
from obshto.modules.pages.home import shelves_at_home
from obshto.modules.pages.jobs import JOBS
from obshto.modules.pages.models import Answer, Attachment, Link, Page, Version
from obshto.modules.pages.permissions import PagesPermission
from obshto.modules.pages.privacy import erase, export
from obshto.modules.pages.search import SEARCH
from obshto.modules.pages.seeds import plant, seed
from obshto.modules.pages.selfcheck import SELFCHECK
from obshto.modules.pages.services.queries import counts
from obshto.modules.pages.services.site_import import OLD_SITE
from obshto.modules.pages.todo import TODO
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose, what editors have begun."""
    number = counts(uow)
    pages, waiting = number["published"], number["drafts"]
    losses = (
        (pages, ngettext("%(num)s публикувана страница", "%(num)s публикувани страници", pages)),
        (waiting, ngettext("%(num)s чернова на страница", "%(num)s чернови на страници", waiting)),
    )
    return [sentence for number, sentence in losses if number]


MODULE = ModuleManifest(
    slug="pages",
    folder=Path(__file__).parent,
    title=_("Страници"),
    summary=_("Услуги, служби, документи и упътвания, подредени по теми, с файлове за изтегляне."),
    called="страници упътвания документи образци контакти",
    models=(Page, Version, Attachment, Answer, Link),
    permissions=tuple(PagesPermission),
    door=Door.MUNICIPALITY,
    nav=(
        NavEntry(
            label=_("Полезно"),
            endpoint="pages_citizen.index",
            hint=_("За общината, нейните служби, решения и документи"),
            is_task=True,
            weight=30,
        ),
        NavEntry(
            label=_("Страници"),
            endpoint="pages_console.index",
            permission=PagesPermission.WRITE,
            weight=30,
        ),
    ),
    todo=TODO,
    citizen=citizen,
    console=console,
    home=shelves_at_home,
    events=EVENTS,
    notices={
        "pages.answered": _("Благодарим Ви. Отговорът ще прочете редакторът на страницата."),
        "pages.written": _("Страницата е запазена"),
        "pages.saved": _("Страницата е запазена"),
        "pages.guide-on": _("Упътването е публикувано"),
        "pages.published": _("Страницата е публикувана"),
        "pages.scheduled": _("Запазено е кога да се вижда страницата"),
        "pages.hidden": _("Страницата е скрита и стои при черновите"),
        "pages.deleted": _("Страницата е изтрита. До 30 дни може да я върнете."),
        "pages.restored": _("Страницата е върната"),
        "pages.reverted": _("По-ранният текст е върнат. Досегашният остава при версиите."),
        "pages.file-added": _("Файлът е прикачен"),
        "pages.file-described": _("Описанието е променено"),
        "pages.file-removed": _("Файлът е махнат"),
        "pages.answer-read": _("Мнението е отметнато като прочетено"),
    },
    jobs=JOBS,
    search=SEARCH,
    selfcheck=SELFCHECK,
    old_site=OLD_SITE,
    unfinished=unfinished,
    seeds=seed,
    canary=plant,
    processing=(
        Processing(
            word="opinion",
            title=_("Страници"),
            purpose=_("да поправим страница, която не е ясна"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“",
            kinds=(DataKind.WORDS,),
            recipients=_("редакторите на портала"),
            kept=_("една година и без име"),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STAFF,
        retention=_(
            "Пазим изтритите страници 30 дни, по-ранните им текстове – 3 години, а мненията за"
            " тях – една година и без име."
        ),
    ),
)
