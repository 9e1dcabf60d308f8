"""What moving in contributes: the texts of an old site, and where they stand now."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import (
    Component,
    Door,
    Job,
    NavEntry,
    NoPersonalData,
    RetentionRule,
)
from obshto.platform.modularity.retention_rules import STORAGE_LIMITATION
from obshto.platform.site_import.console import console
from obshto.platform.site_import.events import EVENTS
from obshto.platform.site_import.import_jobs import make, read
from obshto.platform.site_import.models import Export, Moved, OldItem
from obshto.platform.site_import.permissions import MovingPermission
from obshto.platform.site_import.seeds import plant, seed
from obshto.platform.site_import.services import MAKE, READ, forget_old

OLD_SITE = RetentionRule(
    what=_("Текстове, донесени от стария сайт"), kept=_("30 дни"), ground=STORAGE_LIMITATION
)
COMPONENT = Component(
    slug="moving",
    folder=Path(__file__).parent,
    models=(Export, OldItem, Moved),
    permissions=tuple(MovingPermission),
    door=Door.SETTINGS,
    nav=(
        NavEntry(
            label=_("От стария сайт"),
            endpoint="moving_console.index",
            permission=MovingPermission.MOVE,
            weight=65,
        ),
    ),
    console=console,
    events=EVENTS,
    notices={
        "moving.brought": _("Файлът е прикачен. Четем го."),
        "moving.begun": _("Пренасянето започна. Може да затворите страницата."),
        "moving.dropped": _("Файлът е махнат. Вече пренесеното остава."),
    },
    jobs=(
        Job(name=READ, run=read),
        Job(name=MAKE, run=make),
        Job(name="moving:forget-old", run=forget_old, every="25 2 * * *", retention=OLD_SITE),
    ),
    canary=plant,
    seeds=seed,
    privacy=NoPersonalData(because="it keeps texts of the old public site, for a month"),
)
