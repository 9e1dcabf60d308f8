"""Manifest of events: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.events.citizen import citizen
from obshto.modules.events.console import console
from obshto.modules.events.datasets import DATASETS
from obshto.modules.events.events import EVENTS
from obshto.modules.events.home import coming, coming_in_region, today
from obshto.modules.events.jobs import JOBS
from obshto.modules.events.map_layers import MAP_LAYERS
from obshto.modules.events.models import Attachment, Event, RegionalEvent, Suggestion, Version
from obshto.modules.events.notifications import NOTIFICATIONS, TOPICS
from obshto.modules.events.paper import paper_of
from obshto.modules.events.permissions import EventsPermission
from obshto.modules.events.privacy import erase, export
from obshto.modules.events.reactions import REACTIONS
from obshto.modules.events.region import region
from obshto.modules.events.search import SEARCH
from obshto.modules.events.seeds import plant, seed
from obshto.modules.events.services.access_log import GROUND, PURPOSES, described
from obshto.modules.events.services.queries import drafts, published
from obshto.modules.events.services.suggestions import waiting
from obshto.modules.events.settings import EventsSettings
from obshto.modules.events.todo import TODO
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
from obshto.platform.soft_delete import counts
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """Counts of published events, drafts and suggestions that would be lost."""
    number = counts(uow, {"shown": published(), "drafts": drafts(), "waiting": waiting()})
    shown, begun, sent = number["shown"], number["drafts"], number["waiting"]
    losses = (
        (shown, ngettext("%(num)s публикувано събитие", "%(num)s публикувани събития", shown)),
        (begun, ngettext("%(num)s чернова на събитие", "%(num)s чернови на събития", begun)),
        (sent, ngettext("%(num)s предложено събитие", "%(num)s предложени събития", sent)),
    )
    return [sentence for count, sentence in losses if count]


MODULE = ModuleManifest(
    slug="events",
    folder=Path(__file__).parent,
    datasets=DATASETS,
    title=_("Събития"),
    summary=_("Какво има днес, тази събота и неделя, в моето село: в портала и в календара."),
    called="събития календар празник събор концерт",
    models=(Event, Version, Attachment, Suggestion, RegionalEvent),
    permissions=tuple(EventsPermission),
    door=Door.LIFE,
    nav=(
        NavEntry(
            label=_("Събития"),
            endpoint="events_citizen.index",
            hint=_("Какво има днес, тази събота и неделя, в моето село"),
            is_task=True,
            weight=19,
        ),
        NavEntry(
            label=_("Събития"),
            endpoint="events_console.index",
            permission=EventsPermission.WRITE,
            weight=24,
        ),
    ),
    errands=(
        Errand(
            label=_("Вижте какви събития има"),
            endpoint="events_citizen.index",
            icon="newspaper",
            weight=60,
        ),
    ),
    shortcuts=(
        NavEntry(
            label=_("Обявете събитие"),
            endpoint="events_console.write",
            permission=EventsPermission.WRITE,
            weight=34,
        ),
    ),
    todo=TODO,
    citizen=citizen,
    console=console,
    region=region,
    home=coming,
    region_home=coming_in_region,
    today=today,
    settings=EventsSettings,
    events=EVENTS,
    notices={
        "events.suggested": _(
            "Благодарим Ви. Предложението Ви чака служител. Ако сте оставили имейл, ще Ви пишем."
        ),
        "events.written": _("Събитието е запазено като чернова"),
        "events.saved": _("Промените са запазени"),
        "events.published": _("Събитието е публикувано. Гражданите вече го виждат."),
        "events.scheduled": _("Запазено е кога да се вижда събитието"),
        "events.hidden": _("Събитието е скрито и стои при черновите"),
        "events.deleted": _("Събитието е изтрито. До 30 дни може да го върнете."),
        "events.restored": _("Събитието е върнато"),
        "events.cancelled": _("Отменено е. Който вече е получил писмо за него, получава и това."),
        "events.moved": _("Преместено е. Който вече е получил писмо за него, получава и това."),
        "events.reinstated": _("Събитието пак ще се състои"),
        "events.accepted": _("Предложението стана чернова. Прегледайте я и я публикувайте."),
        "events.declined": _("Отговорът е записан"),
        "events.reverted": _("По-ранният текст е върнат. Досегашният остава при версиите."),
        "events.file-added": _("Файлът е прикачен"),
        "events.file-described": _("Описанието е променено"),
        "events.file-removed": _("Файлът е махнат"),
    },
    notifications=NOTIFICATIONS,
    topics=TOPICS,
    reactions=REACTIONS,
    jobs=JOBS,
    search=SEARCH,
    map_layers=MAP_LAYERS,
    paper=paper_of,
    unfinished=unfinished,
    seeds=seed,
    canary=plant,
    alternates=(
        Alternate(
            label=_("Събития за календара"),
            endpoint="events_citizen.calendar",
            mime="text/calendar",
        ),
    ),
    processing=(
        Processing(
            word="suggestion",
            title=_("Предложени събития"),
            purpose=_("да Ви кажем дали сме публикували предложеното събитие"),
            ground=GROUND,
            kinds=(
                DataKind.CONTACT,
                DataKind.WORDS,
            ),
            recipients=_("редакторите на портала"),
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
            "Пазим предложено събитие и имейла към него половин година след отговора, а изтритите"
            " събития – 30 дни."
        ),
    ),
)
