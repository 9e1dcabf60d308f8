"""Manifest of the forum: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from obshto.modules.forum.citizen import citizen
from obshto.modules.forum.console import console
from obshto.modules.forum.events import EVENTS
from obshto.modules.forum.jobs import JOBS
from obshto.modules.forum.models import MODELS, Discussion
from obshto.modules.forum.notifications import NOTIFICATIONS
from obshto.modules.forum.outcomes import OUTCOMES
from obshto.modules.forum.permissions import ForumPermission
from obshto.modules.forum.practice_acts import PRACTICE_ACTS
from obshto.modules.forum.privacy import erase, export
from obshto.modules.forum.search import SEARCH
from obshto.modules.forum.seeds import seed
from obshto.modules.forum.services.access_log import GROUND, PURPOSES, described
from obshto.modules.forum.services.control import plant
from obshto.modules.forum.services.moderation import ForumModeration
from obshto.modules.forum.services.queries import PUBLIC
from obshto.modules.forum.services.year_figures import WAYS
from obshto.modules.forum.settings import ForumSettings
from obshto.modules.forum.todo import ANSWERS, TODO
from obshto.platform.moderation.port import ModeratedPart
from obshto.platform.modularity.manifest import (
    DataKind,
    Door,
    ModuleManifest,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
)
from obshto.platform.modularity.public_outcomes import OUTCOMES_LINE
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    waiting = select(func.count()).select_from(Discussion)
    waiting = waiting.where(PUBLIC, Discussion.awaiting_since.is_not(None))
    number = uow.session.scalar(waiting) or 0
    lost = ngettext(
        "%(num)s разговор чака отговор от общината",
        "%(num)s разговора чакат отговор от общината",
        number,
    )
    return [lost] if number else []


MODULE = ModuleManifest(
    slug="forum",
    folder=Path(__file__).parent,
    title=_("Форум"),
    summary=_("Разговори по теми и села, с отговори на общината най-отгоре."),
    called="форум разговор дискусия мнение обсъждане тема съседи",
    participation=WAYS,
    models=MODELS,
    permissions=tuple(ForumPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Форум"),
            endpoint="forum_citizen.index",
            hint=_("Говорете със съседите си за селото, общината отговаря"),
            is_task=True,
            weight=34,
        ),
        OUTCOMES_LINE,
        NavEntry(
            label=_("Моите мнения във форума"),
            endpoint="forum_citizen.mine",
            hint=_("Какво сте написали и докъде е стигнало"),
            weight=36,
        ),
        NavEntry(
            label=_("Форум"),
            endpoint="forum_console.index",
            permission=ForumPermission.HANDLE,
            weight=34,
        ),
        NavEntry(
            label=_("Мнения за преглед"),
            endpoint="forum_console.checks",
            permission=ForumPermission.MODERATE,
            weight=35,
        ),
        NavEntry(
            label=_("За какво говорят хората"),
            endpoint="forum_console.overview",
            permission=ForumPermission.OVERSEE,
            weight=36,
        ),
    ),
    examples=(_("автобусът към града"),),
    todo=TODO,
    outcomes=OUTCOMES,
    answers=ANSWERS,
    citizen=citizen,
    console=console,
    settings=ForumSettings,
    events=EVENTS,
    notices={
        "forum.written": _("Мнението Ви се вижда"),
        "forum.confirmed": _("Потвърдихте мнението си"),
        "forum.waits": _("Получихме мнението Ви"),
        "forum.entered": _("Мнението е записано"),
        "forum.answered": _("Отговорът е публикуван"),
        "forum.decided": _("Решеното стои най-отгоре в разговора"),
        "forum.closed": _("Разговорът е затворен. Причината се вижда от всички."),
        "forum.reopened": _("Разговорът е отворен отново"),
        "forum.handed-over": _("Разговорът е предаден"),
        "forum.settled": _("Разговорът вече не чака отговор"),
        "forum.transferred": _("Готово. Разговорът и новото са свързани."),
        "forum.looked": _("Авторът ще види, че сте гледали данните му"),
        "forum.announced": _("Записахте, че авторът знае"),
        "forum.hidden": _("Мнението е скрито. Авторът може да възрази."),
        "forum.released": _("Мнението се вижда"),
    },
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    search=SEARCH,
    offers={ModeratedPart: ForumModeration()},
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    practice_acts=PRACTICE_ACTS,
    processing=(
        Processing(
            word="post",
            title=_("Мнения във форума"),
            purpose=_("да покажем мнението Ви и да Ви отговорим"),
            ground=GROUND,
            kinds=(DataKind.NAME, DataKind.CONTACT, DataKind.WORDS),
            recipients=_("служителите, които отговарят във форума"),
            kept=_("една година, след като сте го написали"),
            looks=PURPOSES,
            describe=described,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.ACTS,
        retention=_(
            "Мнението остава публично. Кой го е написал, пазим една година, а име, което сте"
            " поискали да се вижда – докато не поискате да го махнем."
        ),
        outlives_erasure=True,
    ),
)
