"""What accessibility contributes: the statement, a form for everybody, a queue for staff."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.accessibility.access_log import GROUND, KINDS, PURPOSES, described
from obshto.platform.accessibility.citizen import citizen
from obshto.platform.accessibility.console import console
from obshto.platform.accessibility.events import EVENTS
from obshto.platform.accessibility.models import Barrier
from obshto.platform.accessibility.notifications import NOTIFICATIONS
from obshto.platform.accessibility.permissions import AccessibilityPermission
from obshto.platform.accessibility.privacy import erase, export
from obshto.platform.accessibility.seeds import seed
from obshto.platform.accessibility.selfcheck import SELFCHECK
from obshto.platform.accessibility.services import forget_old, waiting
from obshto.platform.accessibility.settings import AccessibilitySettings
from obshto.platform.modularity.manifest import (
    Component,
    Door,
    Job,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    Unmarked,
)
from obshto.platform.modularity.todo import Todo, TodoKind

COMPONENT = Component(
    slug="accessibility",
    folder=Path(__file__).parent,
    models=(Barrier,),
    permissions=tuple(AccessibilityPermission),
    door=Door.HELP,
    nav=(
        NavEntry(
            label=_("Кажете какво Ви пречи в портала"),
            endpoint="accessibility_citizen.barrier",
            hint=_("Ситни букви, неясни думи, нещо не работи: ще го поправим"),
            is_task=True,
            weight=56,
        ),
        NavEntry(
            label=_("Сигнали за достъпност"),
            endpoint="accessibility_console.index",
            permission=AccessibilityPermission.ANSWER,
            weight=56,
        ),
    ),
    todo=(
        Todo(
            kind=TodoKind.ANSWER,
            label=_("Сигнали за достъпност"),
            permission=AccessibilityPermission.ANSWER,
            endpoint="accessibility_console.index",
            rows=lambda uow: waiting(),
        ),
    ),
    citizen=citizen,
    console=console,
    settings=AccessibilitySettings,
    events=EVENTS,
    notices={
        "accessibility.told": _(
            "Благодарим Ви. Ще поправим каквото можем и ще Ви отговорим, ако сте оставили телефон"
            " или имейл."
        ),
        "accessibility.answered": _("Отметнахте, че сте отговорили"),
    },
    notifications=NOTIFICATIONS,
    jobs=(
        Job(
            name="accessibility:forget-old", run=forget_old, every="56 1 * * *", retention="barrier"
        ),
    ),
    selfcheck=SELFCHECK,
    seeds=seed,
    canary=Unmarked(
        because="what is told lies under the municipality's key, and would wait for an answer"
    ),
    processing=(
        Processing(
            word="barrier",
            title=_("Трудности с портала"),
            purpose=_("да махнем пречката и да Ви отговорим"),
            ground=GROUND,
            kinds=KINDS,
            recipients=_("служителите, които поддържат портала"),
            kept=_("най-много една година"),
            looks=PURPOSES,
            describe=described,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.LAW,
        retention=_("Пазим написаното за трудности с портала най-много една година."),
    ),
)
