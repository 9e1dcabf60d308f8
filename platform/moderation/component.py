"""Component of moderation: its table, the public log, the queue of appeals."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.moderation.access_log import GROUND, PURPOSES, described
from obshto.platform.moderation.citizen import citizen
from obshto.platform.moderation.console import console
from obshto.platform.moderation.events import EVENTS
from obshto.platform.moderation.models import ModerationDecision, ModerationFlag
from obshto.platform.moderation.notifications import NOTIFICATIONS
from obshto.platform.moderation.permissions import ModerationPermission
from obshto.platform.moderation.privacy import erase, export
from obshto.platform.modularity.manifest import (
    Component,
    DataKind,
    Door,
    NavEntry,
    PersonalData,
    Processing,
    RestrictionReach,
    Unmarked,
)

COMPONENT = Component(
    slug="moderation",
    folder=Path(__file__).parent,
    models=(ModerationDecision, ModerationFlag),
    permissions=tuple(ModerationPermission),
    door=Door.PARTICIPATION,
    nav=(
        NavEntry(
            label=_("Възражения срещу скриване"),
            endpoint="moderation_console.index",
            permission=ModerationPermission.REVIEW,
            weight=60,
        ),
    ),
    citizen=citizen,
    console=console,
    events=EVENTS,
    notices={
        "moderation.appealed": _("Получихме възражението Ви. Ще го реши друг човек."),
        "moderation.flagged": _("Благодарим Ви. Служител ще го прегледа."),
        "moderation.left": _("Остава, както е"),
        "moderation.decided": _("Възражението е решено. Казахме на автора."),
    },
    notifications=NOTIFICATIONS,
    canary=Unmarked(because="the log is public, and an appeal lies under the municipality's key"),
    processing=(
        Processing(
            word="appeal",
            title=_("Възражения срещу скрити мнения"),
            purpose=_("да решим възражението Ви"),
            ground=GROUND,
            kinds=(DataKind.WORDS,),
            recipients=_("служителите, които решават възражения"),
            kept=_("докато пазим кой е авторът на мнението"),
            looks=PURPOSES,
            describe=described,
        ),
    ),
    privacy=PersonalData(
        export=export,
        erase=erase,
        restriction=RestrictionReach.OTHERS,
        retention=_("Пазим възражението, докато пазим кой е авторът. Решението остава публично."),
        outlives_erasure=True,
    ),
)
