"""What the self-check contributes: a nightly look at the site, the page that tells of it."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import (
    Component,
    Door,
    Job,
    NavEntry,
    NoPersonalData,
    Unmarked,
)
from obshto.platform.selfcheck.console import console
from obshto.platform.selfcheck.events import EVENTS
from obshto.platform.selfcheck.models import SelfcheckReport
from obshto.platform.selfcheck.notifications import NOTIFICATIONS
from obshto.platform.selfcheck.permissions import SelfcheckPermission
from obshto.platform.selfcheck.services import LOOK, look

COMPONENT = Component(
    slug="selfcheck",
    folder=Path(__file__).parent,
    models=(SelfcheckReport,),
    permissions=tuple(SelfcheckPermission),
    door=Door.MUNICIPALITY,
    nav=(
        NavEntry(
            label=_("Колко пълен е порталът"),
            endpoint="selfcheck_console.index",
            permission=SelfcheckPermission.SEE,
            weight=57,
        ),
    ),
    console=console,
    events=EVENTS,
    notifications=NOTIFICATIONS,
    jobs=(Job(name=LOOK, run=look, every="40 3 * * *", is_low_priority=True),),
    notices={"selfcheck.asked": _("Проверяваме. Отворете страницата отново след минута.")},
    canary=Unmarked(because="it shows counts and sentences of the house"),
    privacy=NoPersonalData(because="it counts pages and names what is public"),
)
