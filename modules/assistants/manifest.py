"""Manifest of digital assistants: the only file of the module that the platform reads."""

from pathlib import Path

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from obshto.modules.assistants.citizen import citizen
from obshto.modules.assistants.console import console
from obshto.modules.assistants.events import EVENTS
from obshto.modules.assistants.jobs import JOBS
from obshto.modules.assistants.models import MODELS, HelpCounter, HelpRequest
from obshto.modules.assistants.notifications import NOTIFICATIONS
from obshto.modules.assistants.permissions import AssistantsPermission
from obshto.modules.assistants.privacy import erase, export
from obshto.modules.assistants.seeds import seed
from obshto.modules.assistants.services.access_log import PURPOSES, described
from obshto.modules.assistants.services.consents import CONSENTS
from obshto.modules.assistants.services.control import plant
from obshto.modules.assistants.services.home_addresses import GROUND
from obshto.modules.assistants.services.kinds import PART
from obshto.modules.assistants.services.states import OPEN
from obshto.modules.assistants.settings import AssistantsSettings
from obshto.modules.assistants.todo import DUE, TODO
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
)
from obshto.platform.unit_of_work import UnitOfWork


def unfinished(uow: UnitOfWork) -> list[str]:
    """What citizens would lose."""
    waiting = select(func.count()).select_from(HelpRequest).where(HelpRequest.state.in_(OPEN))
    number = uow.session.scalar(waiting) or 0
    lost = ngettext(
        "%(num)s човек чака помощник у дома", "%(num)s души чакат помощник у дома", number
    )
    return [lost] if number else []


MODULE = ModuleManifest(
    slug=PART,
    folder=Path(__file__).parent,
    title=_("Дигитална помощ у дома"),
    summary=_("Дигитален помощник идва у дома и показва: телефон, видео разговор, сметки, услуги."),
    called="помощник вкъщи посещение телефон таблет баба дядо видео разговор",
    models=MODELS,
    outlives_restore=frozenset((HelpCounter.__tablename__,)),  # no number is given twice
    permissions=tuple(AssistantsPermission),
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Дигитална помощ у дома"),
            endpoint="assistants_citizen.index",
            hint=_("Човек от общината идва у дома и Ви показва"),
            is_task=True,
            weight=30,
        ),
        NavEntry(
            label=_("Моите молби за помощник"),
            endpoint="assistants_citizen.mine",
            hint=_("Кой ще дойде и кога"),
            weight=32,
        ),
        NavEntry(
            label=_("Молби за помощник"),
            endpoint="assistants_console.index",
            permission=AssistantsPermission.COORDINATE,
            weight=30,
        ),
        NavEntry(
            label=_("Денят ми при хората"),
            endpoint="assistants_console.day",
            permission=AssistantsPermission.VISIT,
            weight=31,
        ),
        NavEntry(
            label=_("Проблеми от посещения"),
            endpoint="assistants_console.problems",
            permission=AssistantsPermission.ANSWER,
            weight=32,
        ),
        NavEntry(
            label=_("Статистика на помощниците"),
            endpoint="assistants_console.statistics",
            permission=AssistantsPermission.OVERSEE,
            weight=33,
        ),
    ),
    errands=(
        Errand(
            label=_("Поискайте помощник у дома"),
            endpoint="assistants_citizen.ask",
            icon="user",
            weight=45,
        ),
    ),
    examples=(_("помощник у дома"),),
    shortcuts=(
        NavEntry(
            label=_("Запишете посещение у дома"),
            endpoint="assistants_console.enter",
            permission=AssistantsPermission.COORDINATE,
            weight=16,
        ),
    ),
    settings=AssistantsSettings,
    todo=TODO,
    due=DUE,
    delegable=(
        DelegableAct(
            word="assistants:ask",
            label=_("Иска помощник у дома"),
            blueprint="assistants_citizen",
            views=("ask", "case", "photo", "withdraw"),
        ),
    ),
    citizen=citizen,
    console=console,
    events=EVENTS,
    notices={
        "assistants.sent": _("Приехме молбата Ви. Ще Ви се обадим."),
        "assistants.withdrawn": _("Молбата е оттеглена. Никой няма да идва."),
        "assistants.entered": _("Молбата е записана"),
        "assistants.planned": _("Посещението е насрочено"),
        "assistants.cancelled": _("Посещението е отменено. Молбата чака нов ден."),
        "assistants.address-written": _("Новият адрес е записан"),
        "assistants.cleared": _("Отбелязахте, че помощникът се е обадил"),
        "assistants.called": _("Отбелязахте, че сте се обадили"),
        "assistants.assistant-written": _("Помощникът е записан"),
        "assistants.leave-written": _("Отпускът е записан"),
        "assistants.dismissed": _("Помощникът вече не посещава хора"),
        "assistants.act-arrived": _("Отбелязахте, че сте пристигнали"),
        "assistants.act-ended": _("Отбелязахте края на посещението"),
        "assistants.act-absent": _("Отбелязахте, че никой не отвори"),
        "assistants.act-note": _("Бележката е записана"),
        "assistants.act-lessons": _("Записахте какво сте показали"),
        "assistants.lessons-written": _("Записахте какво сте показали"),
        "assistants.handed-over": _("Проблемът е предаден"),
        "assistants.solved": _("Отговорът е записан и човекът е уведомен"),
    },
    notifications=NOTIFICATIONS,
    jobs=JOBS,
    unfinished=unfinished,
    canary=plant,
    seeds=seed,
    processing=(
        Processing(
            word="visit",
            title=_("Дигитална помощ у дома"),
            purpose=_("да дойде при Вас помощник и да знаете кой е"),
            ground=GROUND,
            kinds=(DataKind.NAME, DataKind.CONTACT, DataKind.ADDRESS, DataKind.WORDS),
            recipients=_("координаторът; адреса вижда само помощникът, в деня на посещението"),
            kept=_("адреса един месец, другото една година, след като помощта приключи"),
            looks=PURPOSES,
            describe=described,
            criteria=(RiskCriterion.SENSITIVE, RiskCriterion.VULNERABLE),
        ),
    ),
    consents=CONSENTS,
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.ACTS,
        retention=_(
            "Пазим адреса за посещение един месец, а името и телефона една година, след като"
            " помощта приключи. После остават селото, възрастовата група, темите и часовете."
        ),
        outlives_erasure=True,
    ),
)
