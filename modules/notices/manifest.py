"""What notices contribute: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext

from obshto.modules.notices.citizen import citizen
from obshto.modules.notices.console import console
from obshto.modules.notices.events import EVENTS
from obshto.modules.notices.home import cut_off, standing_notices
from obshto.modules.notices.jobs import JOBS
from obshto.modules.notices.models import Notice
from obshto.modules.notices.notifications import NOTIFICATIONS, TOPICS
from obshto.modules.notices.paper import paper_of
from obshto.modules.notices.permissions import NoticesPermission
from obshto.modules.notices.privacy import erase, export
from obshto.modules.notices.search import SEARCH
from obshto.modules.notices.seeds import plant, seed
from obshto.modules.notices.services.queries import lists
from obshto.modules.notices.todo import TODO
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
from obshto.platform.soft_delete import count
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose, what editors have begun."""
    rows = lists(uow.now)
    standing, waiting = count(uow, rows["standing"]), count(uow, rows["drafts"])
    losses = (
        (standing, ngettext("%(num)s съобщение в сила", "%(num)s съобщения в сила", standing)),
        (
            waiting,
            ngettext("%(num)s чернова на съобщение", "%(num)s чернови на съобщения", waiting),
        ),
    )
    return [sentence for number, sentence in losses if number]


MODULE = ModuleManifest(
    slug="notices",
    folder=Path(__file__).parent,
    title=_("Съобщения"),
    summary=_("Спрян ток и вода, затворени пътища: кой, къде и до кога, в портала и по имейл."),
    models=(Notice,),
    permissions=tuple(NoticesPermission),
    door=Door.LIFE,
    nav=(
        NavEntry(
            label=_("Съобщения"),
            endpoint="notices_citizen.index",
            hint=_("Къде няма вода или ток, кой път е затворен и докога"),
            is_task=True,
            weight=18,
        ),
        NavEntry(
            label=_("Съобщения"),
            endpoint="notices_console.index",
            permission=NoticesPermission.WRITE,
            weight=22,
        ),
    ),
    errands=(
        Errand(
            label=_("Вижте къде няма вода или ток"),
            endpoint="notices_citizen.index",
            icon="alert",
            weight=30,
        ),
    ),
    shortcuts=(
        NavEntry(
            label=_("Напишете съобщение"),
            endpoint="notices_console.write",
            permission=NoticesPermission.WRITE,
            weight=30,
        ),
    ),
    todo=TODO,
    citizen=citizen,
    console=console,
    home=standing_notices,
    today=cut_off,
    events=EVENTS,
    notices={
        "notices.written": _("Съобщението е запазено като чернова"),
        "notices.saved": _("Промените са запазени"),
        "notices.published": _("Съобщението е публикувано. Гражданите вече го виждат."),
        "notices.withdrawn": _("Съобщението е отменено"),
        "notices.deleted": _("Черновата е изтрита"),
    },
    notifications=NOTIFICATIONS,
    topics=TOPICS,
    jobs=JOBS,
    search=SEARCH,
    paper=paper_of,
    unfinished=unfinished,
    seeds=seed,
    canary=plant,
    processing=(
        Processing(
            word="authorship",
            title=_("Съобщения"),
            purpose=_("да се знае кой служител е публикувал текста"),
            ground="Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“",
            kinds=(DataKind.ACTS,),
            recipients=_("служителите, които пишат в портала"),
            kept=_("две години, след като приключат"),
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.STAFF,
        retention=_("Пазим съобщенията две години, след като приключат."),
    ),
)
