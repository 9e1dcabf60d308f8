"""What posts contribute: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.feeds.citizen import ATOM, JSON, RSS, citizen
from obshto.modules.feeds.console import console
from obshto.modules.feeds.events import EVENTS
from obshto.modules.feeds.jobs import FOLLOW, JOBS
from obshto.modules.feeds.models import (
    Channel,
    Delivery,
    Item,
    Post,
    RegionalPost,
    Source,
    VillageChoice,
    VillageMayor,
)
from obshto.modules.feeds.notifications import NOTIFICATIONS
from obshto.modules.feeds.paper import paper_of
from obshto.modules.feeds.permissions import FeedsPermission
from obshto.modules.feeds.privacy import erase, export
from obshto.modules.feeds.reactions import REACTIONS
from obshto.modules.feeds.region import region
from obshto.modules.feeds.seeds import plant, seed
from obshto.modules.feeds.services.queries import lists, public
from obshto.modules.feeds.services.sources import items
from obshto.modules.feeds.settings import FeedsSettings
from obshto.modules.feeds.todo import TODO
from obshto.platform.modularity.manifest import (
    Alternate,
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
    """What citizens would lose, what editors have begun."""
    posts, read = count(uow, public(uow.now)), count(uow, items())
    drafts = count(uow, lists(uow.now)["drafts"])
    losses = (
        (posts, ngettext("%(num)s публикация", "%(num)s публикации", posts)),
        (read, ngettext("%(num)s публикация от мрежите", "%(num)s публикации от мрежите", read)),
        (drafts, ngettext("%(num)s чернова", "%(num)s чернови", drafts)),
    )
    return [sentence for number, sentence in losses if number]


MODULE = ModuleManifest(
    slug="feeds",
    folder=Path(__file__).parent,
    title=_("Публикации"),
    summary=_("Казвате го веднъж, чува се навсякъде: емисии, профил на областта, социални мрежи."),
    called="емисия rss социални мрежи фейсбук ютуб профил публикации",
    models=(Post, Delivery, Channel, Source, Item, VillageChoice, VillageMayor, RegionalPost),
    permissions=tuple(FeedsPermission),
    door=Door.LIFE,
    nav=(
        NavEntry(
            label=_("Следете ни"),
            endpoint="feeds_citizen.index",
            hint=_("Публикации, емисии и профили в социалните мрежи"),
            weight=70,
        ),
        NavEntry(
            label=_("Публикации"),
            endpoint="feeds_console.index",
            permission=FeedsPermission.WRITE,
            weight=24,
        ),
    ),
    todo=TODO,
    citizen=citizen,
    console=console,
    region=region,
    alternates=(
        Alternate(label=_("Новото от общината"), endpoint="feeds_citizen.rss", mime=RSS),
        Alternate(label=_("Новото от общината"), endpoint="feeds_citizen.atom", mime=ATOM),
        Alternate(label=_("Новото от общината"), endpoint="feeds_citizen.json_feed", mime=JSON),
        Alternate(label=_("Публикации от област Видин"), endpoint="feeds_region.rss", mime=RSS),
        Alternate(label=_("Публикации от област Видин"), endpoint="feeds_region.atom", mime=ATOM),
    ),
    settings=FeedsSettings,
    events=EVENTS,
    notices={
        "feeds.written": _("Публикацията е запазена като чернова. Вижте как ще изглежда."),
        "feeds.saved": _("Промените са запазени"),
        "feeds.submitted": _("Публикацията чака втори човек да я одобри"),
        "feeds.sent": _("Публикацията тръгна. Тук ще видите къде е стигнала."),
        "feeds.returned": _("Публикацията е върната за поправка"),
        "feeds.retried": _("Опитваме пак. Опреснете страницата след минута."),
        "feeds.withdrawn": _("Публикацията е оттеглена"),
        "feeds.by-hand": _("Отбелязахме го"),
        "feeds.decided": _("Записахме решението Ви"),
        "feeds.mayor-named": _("Записахме кой решава за населеното място"),
        "feeds.chosen": _("Изборът за населеното място е запазен"),
        "feeds.connected": _("Профилът е свързан"),
        "feeds.disconnected": _("Профилът е премахнат. Публикациите в него остават."),
        "feeds.source-added": _("Добавено. Публикациите вече се виждат в портала."),
        "feeds.source-removed": _("Премахнато. Публикациите вече не се виждат в портала."),
    },
    follows=FOLLOW,
    reactions=REACTIONS,
    notifications=NOTIFICATIONS,
    paper=paper_of,
    jobs=JOBS,
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    processing=(
        Processing(
            word="authorship",
            title=_("Публикации"),
            purpose=_("да се знае кой служител е публикувал текста"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“",
            kinds=(DataKind.ACTS,),
            recipients=_("служителите, които пишат в портала"),
            kept=_("3 години"),
        ),
    ),
    impersonal={
        "feeds_*": "what is said to everybody, and secrets of machines",
    },
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STAFF,
        retention=_("Пазим публикациите три години. В мрежите стоят, докато ги оттеглим."),
    ),
)
